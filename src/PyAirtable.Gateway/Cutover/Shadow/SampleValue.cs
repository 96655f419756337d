using System.Text.Json;

namespace PyAirtable.Gateway.Cutover.Shadow;

/// <summary>Values as samples show them: short, and none that its name or form gives away as a secret.</summary>
internal static class SampleValue
{
    private const int Longest = 120;
    private const int LongestId = 40;
    private const string Mask = "***";

    private static readonly string[] SecretNames = ["password", "passwd", "secret", "token", "apikey", "api_key", "authorization", "cookie", "credential", "session", "hash"];

    /// <summary>A value of JSON; containers by their size only.</summary>
    public static string Of(string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => $"object of {value.GetPropertyCount()}",
        JsonValueKind.Array => $"array of {value.GetArrayLength()}",
        JsonValueKind.String => Of(name, value.GetString()!),
        _ => IsSecret(name) ? Mask : Shorten(value.GetRawText()),
    };

    /// <summary>A text.</summary>
    public static string Of(string name, string text) => IsSecret(name) || LooksSecret(text) ? Mask : Shorten(text);

    /// <summary>An encoded path, without segments that may be keys or tokens.</summary>
    public static string OfPath(string path) =>
        Shorten(string.Join('/', path.Split('/').Select(static segment => segment.Length > LongestId || LooksSecret(segment) ? Mask : segment)));

    private static bool IsSecret(string name) => Array.Exists(SecretNames, secret => name.Contains(secret, StringComparison.OrdinalIgnoreCase));

    // Tokens of three parts, keys by their usual beginnings, and what has credentials in a URL.
    private static bool LooksSecret(string text) =>
        (text.StartsWith("eyJ", StringComparison.Ordinal) && text.Contains('.', StringComparison.Ordinal))
        || text.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
        || text.StartsWith("sk-", StringComparison.Ordinal) || text.StartsWith("pat", StringComparison.Ordinal) || text.StartsWith('$')
        || (text.Contains("://", StringComparison.Ordinal) && text.Contains('@', StringComparison.Ordinal));

    private static string Shorten(string text) => text.Length <= Longest ? text : string.Concat(text.AsSpan(0, Longest), "…");
}
