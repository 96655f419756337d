using PyAirtable.Automation.Files;
using PyAirtable.Automation.Replies;

namespace PyAirtable.Automation.Triggers;

/// <summary>Something happened to a file that may start workflows (automation contract 3.8).</summary>
/// <param name="Name">One of the two names, which is also the executions' <c>trigger_type</c>.</param>
/// <param name="File">The file.</param>
internal sealed record FileEvent(string Name, StoredFile File)
{
    /// <summary>A file's record was stored.</summary>
    public const string Upload = "file_upload";

    /// <summary>A file's text was extracted.</summary>
    public const string Processed = "file_processed";

    /// <summary>The file's extension in lower case, with its dot; empty for none.</summary>
    public string Extension => FileType.Extension(File.OriginalFilename).ToLowerInvariant();

    /// <summary>The executions' <c>trigger_data</c>.</summary>
    public string Data => JsonReply.Text(File, static (json, file) =>
    {
        json.WriteNumber("file_id"u8, file.Id);
        json.WriteString("filename"u8, file.OriginalFilename);
        json.WriteNumber("file_size"u8, file.FileSize);
        json.WriteString("mime_type"u8, file.MimeType);
    });
}
