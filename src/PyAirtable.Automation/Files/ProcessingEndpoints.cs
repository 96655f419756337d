using System.Text.Json;
using Microsoft.AspNetCore.Http;
using PyAirtable.Automation.Jobs;
using PyAirtable.Automation.Replies;
using PyAirtable.Automation.Storage;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Automation.Files;

/// <summary>Starts extraction and shows what it found (automation contract 1.4 and 2.7).</summary>
/// <param name="files">The files.</param>
/// <param name="extractions">Wakes the worker that extracts.</param>
/// <param name="clock">The clock.</param>
internal sealed class ProcessingEndpoints(FileStore files, WorkSignal extractions, TimeProvider clock)
{
    private const int SegmentLength = 16 * 1024;

    private static readonly PreparedAnswer Busy = DetailError.Prepare(StatusCodes.Status409Conflict, "File is already being processed");

    /// <summary><c>POST /files/process/{file_id}</c></summary>
    public async Task ProcessAsync(RequestContext request)
    {
        if (await FileEndpoints.ReadIdAsync(request) is not { } id)
        {
            return;
        }
        var (file, started) = await files.BeginProcessingAsync(id, WireTime.Now(clock), request.Aborted);
        if (started)
        {
            extractions.Notify();
        }
        await (file switch
        {
            null or { Status: FileStatus.Deleted } => FileEndpoints.NotFound.WriteAsync(request.Http),
            { Status: FileStatus.Processing } when !started => Busy.WriteAsync(request.Http),
            _ => JsonReply.WriteAsync(request.Http, (started ? "File processing started" : "File processed", file), FileJson.WriteReply),
        });
    }

    /// <summary><c>GET /files/extract/{file_id}</c></summary>
    public async Task ExtractAsync(RequestContext request)
    {
        if (await FileEndpoints.ReadIdAsync(request) is not { } id)
        {
            return;
        }
        var file = await files.FindAsync(id, request.Aborted);
        if (file is null)
        {
            await FileEndpoints.NotFound.WriteAsync(request.Http);
        }
        else if (file.Status == FileStatus.Processed)
        {
            await WriteContentAsync(request, file, await files.FindContentAsync(id, request.Aborted) ?? "");
        }
        else
        {
            await JsonReply.WriteAsync(request.Http, file, static (json, file) =>
            {
                json.WriteNumber("file_id"u8, file.Id);
                json.WriteString("content"u8, ""u8);
                JsonReply.WriteRaw(json, "metadata"u8, file.Metadata);
                json.WriteString("error"u8, file.Status == FileStatus.Failed ? file.ProcessingError : "File not processed yet");
                json.WriteString("status"u8, file.Status.ToLowerInvariant());
            });
        }
    }

    // Content may be large: it goes out piece by piece, at the client's pace.
    private static async Task WriteContentAsync(RequestContext request, StoredFile file, string content)
    {
        var response = request.Http.Response;
        response.ContentType = PreparedAnswer.Json;
        await using var json = new Utf8JsonWriter(response.BodyWriter, JsonAnswer.Compact);
        json.WriteStartObject();
        json.WriteNumber("file_id"u8, file.Id);
        json.WritePropertyName("content"u8);
        for (var at = 0; at == 0 || at < content.Length; at += SegmentLength)
        {
            var length = Math.Min(SegmentLength, content.Length - at);
            json.WriteStringValueSegment(content.AsSpan(at, length), isFinalSegment: at + length == content.Length);
            json.Flush();
            await response.BodyWriter.FlushAsync(request.Aborted);
        }
        JsonReply.WriteRaw(json, "metadata"u8, file.Metadata);
        json.WriteString("status"u8, "processed"u8);
        json.WriteEndObject();
        json.Flush();
        request.BytesSent = json.BytesCommitted;
    }
}
