using System.Text.Json;

namespace PyAirtable.Gateway.WebSockets;

/// <summary>What the gateway reads of a client's text (gateway contract 2.2 and 2.3).</summary>
internal readonly record struct ClientMessage
{
    private const int MaxDepth = 512;
    private const int LongestType = 1000;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = MaxDepth };

    /// <summary>Whether it is JSON at all.</summary>
    public bool IsJson { get; private init; }

    /// <summary>Whether it is a JSON object; only then there is more to it.</summary>
    public bool IsObject { get; private init; }

    /// <summary>Its <c>type</c>, in Python's words where it is no text: <c>None</c> when it is missing.</summary>
    public string Type { get; private init; }

    /// <summary>Whether it has an <c>api_key</c> that is true in Python's sense.</summary>
    public bool HasKey { get; private init; }

    /// <summary>Its <c>api_key</c>, if that is text.</summary>
    public string? Key { get; private init; }

    /// <summary>Reads a text. Of a repeated member the last counts.</summary>
    public static ClientMessage Parse(ReadOnlyMemory<byte> text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Options);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                return new ClientMessage { IsJson = true, Type = "" };
            }

            root.TryGetProperty("api_key"u8, out var key);
            return new ClientMessage
            {
                IsJson = true,
                IsObject = true,
                Type = root.TryGetProperty("type"u8, out var type) ? Show(type) : "None",
                HasKey = IsTrue(key),
                Key = key.ValueKind == JsonValueKind.String ? key.GetString() : null,
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The latter is half a surrogate pair in an escape.
            return new ClientMessage { Type = "" };
        }
    }

    private static string Show(JsonElement type)
    {
        var text = type.ValueKind switch
        {
            JsonValueKind.String => type.GetString()!,
            JsonValueKind.Null => "None",
            JsonValueKind.True => "True",
            JsonValueKind.False => "False",
            _ => type.GetRawText(),
        };
        return text.Length <= LongestType ? text : text[..LongestType];
    }

    private static bool IsTrue(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => !value.ValueEquals(""u8),
        JsonValueKind.Number => !value.TryGetDouble(out var number) || number != 0,
        JsonValueKind.True => true,
        JsonValueKind.Array => value.GetArrayLength() > 0,
        JsonValueKind.Object => value.EnumerateObject().MoveNext(),
        _ => false,
    };
}
