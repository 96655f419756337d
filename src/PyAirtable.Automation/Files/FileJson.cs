using System.Text.Json;
using PyAirtable.Automation.Replies;

namespace PyAirtable.Automation.Files;

/// <summary>A file's record as JSON (automation contract 1.2).</summary>
internal static class FileJson
{
    public static void Write(Utf8JsonWriter json, StoredFile file)
    {
        json.WriteStartObject();
        json.WriteNumber("id"u8, file.Id);
        json.WriteString("filename"u8, file.Filename);
        json.WriteString("original_filename"u8, file.OriginalFilename);
        json.WriteNumber("file_size"u8, file.FileSize);
        json.WriteString("mime_type"u8, file.MimeType);
        json.WriteString("file_hash"u8, file.FileHash);
        json.WriteString("status"u8, file.Status.ToLowerInvariant());
        JsonReply.WriteRaw(json, "metadata"u8, file.Metadata);
        WireTime.Write(json, "processing_started_at"u8, file.ProcessingStartedAt);
        WireTime.Write(json, "processing_completed_at"u8, file.ProcessingCompletedAt);
        json.WriteString("processing_error"u8, file.ProcessingError);
        WireTime.Write(json, "created_at"u8, file.CreatedAt);
        WireTime.Write(json, "updated_at"u8, file.UpdatedAt);
        json.WriteEndObject();
    }

    /// <summary>The reply of routes that answer one file, with a message before it where there is one.</summary>
    public static void WriteReply(Utf8JsonWriter json, (string? Message, StoredFile File) reply)
    {
        if (reply.Message is not null)
        {
            json.WriteString("message"u8, reply.Message);
        }
        json.WritePropertyName("file"u8);
        Write(json, reply.File);
    }
}
