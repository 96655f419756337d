using System.Text.Json;
using PyAirtable.Mcp.Tools;

namespace PyAirtable.Mcp.Python;

/// <summary>The Python server's answer, which calls every outcome a success: failures are told by their text (upstream contract 5.4).</summary>
internal static class PythonAnswer
{
    private static readonly string[] FailurePrefixes = ["Error: ", "Security Error: ", "Unknown tool: "];

    /// <summary>Reads it.</summary>
    /// <exception cref="ToolFailedException">It is none.</exception>
    public static ToolOutcome Read(JsonElement answer)
    {
        if (BuiltJson.Items(answer, "result").Select(static item => BuiltJson.Text(item, "text")).FirstOrDefault() is not { } text)
        {
            throw new ToolFailedException(BuiltJson.Text(answer, "error") ?? "Tool service unavailable");
        }
        if (IsFalse(answer) || Array.Exists(FailurePrefixes, prefix => text.StartsWith(prefix, StringComparison.Ordinal)))
        {
            return new ToolOutcome(text, isError: true);
        }
        var value = ValueOf(text);
        return new ToolOutcome(text, IsFalse(value), CompactOf(value));
    }

    /// <summary>A failure's text without addresses of the inside, which stand after the reason and in further lines (M6).</summary>
    public static string WithoutAddresses(string text)
    {
        var line = text.AsSpan(0, text.IndexOf('\n', StringComparison.Ordinal) is >= 0 and var end ? end : text.Length);
        var url = line.IndexOf(" for url '", StringComparison.Ordinal);
        return line[..(url < 0 ? line.Length : url)].ToString();
    }

    private static bool IsFalse(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty("success", out var success) && success.ValueKind == JsonValueKind.False;

    private static PooledBytes? CompactOf(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return null;
        }
        var compact = BuiltJson.Copy(value);
        compact.Truncate(JsonBlanks.Strip(compact.Span));
        return compact;
    }

    private static JsonElement ValueOf(string text)
    {
        try
        {
            return text.StartsWith('{') ? JsonElement.Parse(text) : default;
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
