namespace PyAirtable.Automation.TextExtraction;

/// <summary>Bounds of one extraction beside its time.</summary>
internal static class ExtractionLimits
{
    /// <summary>UTF-16 units of extracted text, and of one table's cells.</summary>
    public const int MaxCharacters = 64 * 1024 * 1024;

    /// <summary>Data rows of a table that are read (automation contract 2.6).</summary>
    public const int MaxRows = 1000;
}
