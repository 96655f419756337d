namespace PyAirtable.Automation.Files;

/// <summary>Statuses of a file as stored; clients see them in lower case.</summary>
internal static class FileStatus
{
    public const string Uploaded = "UPLOADED";
    public const string Processing = "PROCESSING";
    public const string Processed = "PROCESSED";
    public const string Failed = "FAILED";
    public const string Deleted = "DELETED";

    /// <summary>The stored form of a client's status; null when it is none.</summary>
    public static string? Stored(string wire) => wire switch
    {
        "uploaded" => Uploaded,
        "processing" => Processing,
        "processed" => Processed,
        "failed" => Failed,
        "deleted" => Deleted,
        _ => null,
    };
}
