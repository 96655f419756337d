namespace PyAirtable.Automation.TextExtraction;

/// <summary>
/// Bounds of one extraction beside its time and memory, and what is said where a file goes beyond one. They are far from what honest
/// documents need, and low enough that a file made to be costly ends soon.
/// </summary>
internal static class ExtractionLimits
{
    /// <summary>UTF-16 units of extracted text, and of one table's cells.</summary>
    public const int MaxCharacters = 64 * 1024 * 1024;

    /// <summary>Data rows of a table that are read (automation contract 2.6).</summary>
    public const int MaxRows = 1000;

    /// <summary>Cells of a table that are read, those that are left out of the file included: all that are printed, in text.</summary>
    public const int MaxCells = 4_000_000;

    /// <summary>UTF-16 units of a workbook's column names, which are repeated in the metadata.</summary>
    public const int MaxNameCharacters = 4 * 1024 * 1024;

    /// <summary>Files in an archive.</summary>
    public const int MaxParts = 65_535;

    /// <summary>Bytes of an archive's directory.</summary>
    public const int MaxDirectoryBytes = 32 * 1024 * 1024;

    /// <summary>Bytes that may be unpacked from one archive.</summary>
    public const long MaxUnpackedBytes = 1L << 30;

    /// <summary>Unpacked bytes for each packed one, where a part has more than <see cref="RatioFreeBytes"/>.</summary>
    public const int MaxRatio = 250;

    /// <summary>Unpacked bytes of a part whose ratio does not matter.</summary>
    public const long RatioFreeBytes = 64L << 20;

    /// <summary>Elements within elements.</summary>
    public const int MaxDepth = 256;

    /// <summary>Bytes of one tag, comment or piece of text in XML.</summary>
    public const int MaxTokenBytes = 16 * 1024 * 1024;

    public const string TooMuchText = "more than 67108864 characters of text";
    public const string TooManyCells = "more than 4000000 cells in a table";
    public const string TooManyNames = "more than 4194304 characters of column names";
    public const string TooManyParts = "more than 65535 files in the archive";
    public const string TooMuchUnpacked = "more than 1073741824 bytes when unpacked";
    public const string TooTightlyPacked = "a part that unpacks to more than 250 times its size";
    public const string TooDeep = "more than 256 elements within each other";
    public const string TooLongToken = "a tag or text of more than 16777216 bytes";
}
