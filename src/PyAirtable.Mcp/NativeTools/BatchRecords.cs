using System.Text.Json;
using PyAirtable.Mcp.Tools;

namespace PyAirtable.Mcp.NativeTools;

/// <summary>The records of a batch, and its two checks (upstream contract 1.6).</summary>
internal static class BatchRecords
{
    /// <summary>Records that a batch has at most.</summary>
    public const int Most = 10;

    /// <summary>Reads them.</summary>
    /// <exception cref="ToolFailedException">There are none, or too many.</exception>
    public static List<JsonElement> Of(ToolCall call)
    {
        var records = call.Arguments["records"].EnumerateArray().ToList();
        return records.Count == 0 ? throw new ToolFailedException("'records' must be a non-empty array")
            : records.Count > Most ? throw new ToolFailedException("Maximum 10 records per batch operation (Airtable limit)")
            : records;
    }
}
