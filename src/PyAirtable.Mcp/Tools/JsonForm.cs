namespace PyAirtable.Mcp.Tools;

/// <summary>How a JSON text is written.</summary>
internal enum JsonForm
{
    /// <summary>Without blanks between its parts.</summary>
    Compact,

    /// <summary>With some.</summary>
    Blanks,

    /// <summary>With escapes of half surrogate pairs, which many readers refuse.</summary>
    HalfPairs,
}
