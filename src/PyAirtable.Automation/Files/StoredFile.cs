namespace PyAirtable.Automation.Files;

/// <summary>A file's record, without its extracted text.</summary>
internal sealed record StoredFile
{
    public int Id { get; init; }

    /// <summary>Name in the storage: <c>&lt;uuid4&gt;&lt;ext&gt;</c>.</summary>
    public string Filename { get; init; } = "";

    /// <summary>Name as the client sent it.</summary>
    public string OriginalFilename { get; init; } = "";

    /// <summary>Bytes.</summary>
    public long FileSize { get; init; }

    public string MimeType { get; init; } = "";

    /// <summary>SHA-256, 64 lower-case hexadecimal digits.</summary>
    public string FileHash { get; init; } = "";

    /// <summary>One of <see cref="FileStatus"/>.</summary>
    public string Status { get; init; } = "";

    /// <summary>What the extractor found, a JSON object.</summary>
    public string Metadata { get; init; } = "{}";

    public DateTime? ProcessingStartedAt { get; init; }

    public DateTime? ProcessingCompletedAt { get; init; }

    public string? ProcessingError { get; init; }

    public DateTime CreatedAt { get; init; }

    public DateTime UpdatedAt { get; init; }
}
