using PyAirtable.Mcp.Tools;

namespace PyAirtable.Mcp.Airtable;

/// <summary>A table at the Airtable gateway.</summary>
/// <param name="Base">Base id.</param>
/// <param name="Records">Path of its records.</param>
internal sealed record RecordTarget(string Base, string Records)
{
    /// <summary>That of a call.</summary>
    /// <exception cref="ToolFailedException">A name cannot be part of a path.</exception>
    public static RecordTarget Of(ToolCall call)
    {
        var id = call.Text("base_id");
        return new(id, $"/bases/{Segment(id, "base_id")}/tables/{Segment(call.Text("table_id"), "table_id")}/records");
    }

    /// <summary>Path of a record.</summary>
    /// <exception cref="ToolFailedException">The id cannot be part of a path.</exception>
    public string Record(string id) => $"{Records}/{Segment(id, "record_id")}";

    /// <summary>A part of a path, encoded (M16).</summary>
    /// <exception cref="ToolFailedException">It would lead elsewhere.</exception>
    public static string Segment(string value, string name)
    {
        const int Longest = 256;
        return value.Length is 0 or > Longest || value is "." or ".." || value.AsSpan().ContainsAnyInRange('\0', '\u001f')
            ? throw new ToolFailedException($"'{name}' is not a valid id or name")
            : Uri.EscapeDataString(value);
    }
}
