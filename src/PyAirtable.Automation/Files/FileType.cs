namespace PyAirtable.Automation.Files;

/// <summary>What a file's name says of its content (automation contract 2.1 and 2.3).</summary>
internal static class FileType
{
    /// <summary>The last dot and what follows it, as written; empty for none. A name that only begins with dots has none.</summary>
    public static string Extension(string name)
    {
        var last = name[(name.LastIndexOf('/') + 1)..].TrimStart('.');
        var dot = last.LastIndexOf('.');
        return dot < 0 ? "" : last[dot..];
    }

    /// <summary>The MIME type by extension, in any case: the same on every host (D22).</summary>
    public static string MimeOf(string extension) => extension.ToLowerInvariant() switch
    {
        ".pdf" => "application/pdf",
        ".doc" => "application/msword",
        ".docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ".txt" => "text/plain",
        ".csv" => "text/csv",
        ".xls" => "application/vnd.ms-excel",
        ".xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _ => "application/octet-stream",
    };
}
