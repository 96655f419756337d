namespace PyAirtable.Automation.TextExtraction;

/// <summary>A file whose text is to be extracted, held under a lease.</summary>
internal sealed record ExtractionJob
{
    /// <summary>The file's id.</summary>
    public int Id { get; init; }

    /// <summary>Stored name.</summary>
    public string Filename { get; init; } = "";

    /// <summary>Bytes.</summary>
    public long FileSize { get; init; }

    /// <summary>The lease's owner.</summary>
    public string Owner { get; init; } = "";

    /// <summary>For the log.</summary>
    public override string ToString() => $"extraction of file {Id}";
}
