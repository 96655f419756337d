namespace PyAirtable.Automation.Files;

/// <summary>What the steps of a run may name of the file that started it.</summary>
internal sealed record TriggeringFile
{
    public int Id { get; init; }

    /// <summary>Name as the client sent it.</summary>
    public string Filename { get; init; } = "";

    /// <summary>Bytes.</summary>
    public long Size { get; init; }

    public string MimeType { get; init; } = "";

    /// <summary>The beginning of its text; null while it is not processed.</summary>
    public string? Content { get; init; }
}
