using System.Text.Json;

namespace PyAirtable.Hosting.Errors;

/// <summary>Members whose values are never echoed, and the echo that leaves them out (platform contract, D-33).</summary>
internal static class SecretNames
{
    internal const string Mask = "***";

    private static readonly string[] Names = ["password", "current_password", "new_password", "refresh_token"];

    internal static bool Contains(string name) => Array.Exists(Names, secret => secret.Equals(name, StringComparison.OrdinalIgnoreCase));

    internal static bool Mentioned(string text) => Array.Exists(Names, secret => text.Contains(secret, StringComparison.OrdinalIgnoreCase));

    /// <summary>Writes <paramref name="value"/> with every secret in it masked, at any depth.</summary>
    internal static void Write(Utf8JsonWriter json, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (var member in value.EnumerateObject())
                {
                    json.WritePropertyName(member.Name);
                    if (Contains(member.Name))
                    {
                        json.WriteStringValue(Mask);
                    }
                    else
                    {
                        Write(json, member.Value);
                    }
                }

                json.WriteEndObject();
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    Write(json, item);
                }

                json.WriteEndArray();
                break;
            case JsonValueKind.Undefined:
                json.WriteNullValue();
                break;
            default:
                value.WriteTo(json);
                break;
        }
    }
}
