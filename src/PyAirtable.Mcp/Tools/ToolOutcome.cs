using System.Text.Json;

namespace PyAirtable.Mcp.Tools;

/// <summary>What came of a tool.</summary>
/// <param name="Text">The text for the model (upstream contract 1.4).</param>
/// <param name="IsError">Whether it failed.</param>
internal sealed record ToolOutcome(string Text, bool IsError)
{
    /// <summary>The result where it is a JSON object; else undefined.</summary>
    public JsonElement Value { get; init; }

    /// <summary>A result.</summary>
    public static ToolOutcome Of(JsonElement value) =>
        new(PythonJson.Write(value), IsError: false) { Value = value.ValueKind == JsonValueKind.Object ? value : default };

    /// <summary>A failure.</summary>
    public static ToolOutcome Failed(string reason) => new($"Error: {reason}", IsError: true);
}
