using System.Buffers;
using System.Data.Common;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using PyAirtable.Automation.Jobs;
using PyAirtable.Automation.Replies;
using PyAirtable.Automation.Storage;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Automation.Files;

/// <summary><c>POST /files/upload</c>: the file is stored before its record is written, and gone again when anything fails.</summary>
/// <param name="folder">Where a file is while it is received.</param>
/// <param name="storage">Where files go.</param>
/// <param name="rules">What is taken.</param>
/// <param name="files">Their records.</param>
/// <param name="executions">Wakes the worker that runs what the upload starts.</param>
/// <param name="clock">The clock.</param>
/// <param name="log">Where it tells of files that are left.</param>
internal sealed partial class UploadEndpoint(UploadFolder folder, IFileStorage storage, UploadRules rules, FileStore files, WorkSignal executions, TimeProvider clock, ILogger log)
{
    // What a client that is still sending may send after a refusal, so that it comes to read the answer instead of a reset.
    private const long DiscardBytes = 64L * 1024 * 1024;
    private static readonly TimeSpan DiscardTime = TimeSpan.FromSeconds(5);

    public async Task UploadAsync(RequestContext request)
    {
        var http = request.Http;
        // The limit is on the file, which the reader counts; the server's own is on the whole body.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }
        var errors = new ValidationErrors();
        using var reader = new UploadReader(folder, rules);
        var (received, refusal) = await reader.ReadAsync(http.Request, errors, request.Aborted);
        if (errors.Any)
        {
            await errors.WriteAsync(http);
        }
        else if (refusal is not null)
        {
            await RefuseAsync(request, refusal, reader.StoppedEarly);
        }
        else
        {
            var file = await KeepAsync(received!, request.Aborted);
            executions.Notify();
            await JsonReply.WriteAsync(http, ("File uploaded successfully", file), FileJson.WriteReply);
        }
    }

    private async Task<StoredFile> KeepAsync(ReceivedFile received, CancellationToken cancel)
    {
        var extension = FileType.Extension(received.OriginalFilename);
        var filename = StoredName.New(extension);
        try
        {
            await storage.KeepAsync(received, filename, cancel);
            var now = WireTime.Now(clock);
            return await files.InsertAsync(
                new StoredFile
                {
                    Filename = filename,
                    OriginalFilename = received.OriginalFilename,
                    FileSize = received.Size,
                    MimeType = FileType.MimeOf(extension),
                    FileHash = received.Hash,
                    Status = FileStatus.Uploaded,
                    CreatedAt = now,
                    UpdatedAt = now,
                },
                storage.LocationOf(filename),
                cancel);
        }
        catch (Exception e) when (e is not StorageUnavailableException)
        {
            await ForgetAsync(filename);
            throw;
        }
    }

    // What failed may have been written all the same, a record too. What cannot be removed now is left to the sweep.
    private async Task ForgetAsync(string filename)
    {
        try
        {
            if (!await files.IsKeptAsync(filename, CancellationToken.None))
            {
                await storage.RemoveAsync(filename, CancellationToken.None);
            }
        }
        catch (Exception e) when (e is DbException or TimeoutException or IOException or UnauthorizedAccessException or StorageUnavailableException)
        {
            LogLeft(filename, e.Message);
        }
    }

    private async Task RefuseAsync(RequestContext request, PreparedAnswer refusal, bool stillSending)
    {
        var http = request.Http;
        if (!stillSending)
        {
            await refusal.WriteAsync(http);
            return;
        }
        http.Response.Headers.Connection = "close";
        await refusal.WriteAsync(http);
        await http.Response.CompleteAsync();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(request.Aborted);
        using var timer = new CancellationTokenSource(DiscardTime, clock);
        using var end = timer.Token.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), patience);
        try
        {
            await DiscardAsync(http.Request.Body, patience.Token);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The client has gone or is slow; it was given its chance.
        }
    }

    private static async Task DiscardAsync(Stream body, CancellationToken cancel)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            var left = DiscardBytes;
            while (left > 0 && await body.ReadAsync(buffer, cancel) is > 0 and var read)
            {
                left -= read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    [LoggerMessage(EventId = 43, Level = LogLevel.Warning, Message = "the file {Filename} of an upload that failed is left to the sweep: {Reason}")]
    private partial void LogLeft(string filename, string reason);
}
