using PyAirtable.Automation.Replies;

namespace PyAirtable.Automation.Files;

/// <summary>Statuses of a file as stored; clients see them in lower case.</summary>
internal static class FileStatus
{
    public const string Uploaded = "UPLOADED";
    public const string Processing = "PROCESSING";
    public const string Processed = "PROCESSED";
    public const string Failed = "FAILED";
    public const string Deleted = "DELETED";

    /// <summary>All of them.</summary>
    public static readonly StatusNames All = new(Uploaded, Processing, Processed, Failed, Deleted);

    /// <summary>The stored form of a client's status; null when it is none.</summary>
    public static string? Stored(string shown) => All.Stored(shown);
}
