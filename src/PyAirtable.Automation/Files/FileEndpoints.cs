using Microsoft.AspNetCore.Http;
using PyAirtable.Automation.Replies;
using PyAirtable.Automation.Storage;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Requests;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Automation.Files;

/// <summary>Lists, shows and deletes files (automation contract 1.4).</summary>
internal sealed class FileEndpoints(FileStore files, IFileStorage storage, TimeProvider clock)
{
    internal static readonly PreparedAnswer NotFound = DetailError.Prepare(StatusCodes.Status404NotFound, "File not found");

    private static readonly ListReply<StoredFile> Listing = new("files", FileStatus.Stored, FileJson.Write);

    /// <summary><c>GET /files</c></summary>
    public Task ListAsync(RequestContext request) => Listing.WriteAsync(
        request, new ValidationErrors(), (status, query) => files.ListAsync(status, query.Skip, query.Limit, request.Aborted));

    /// <summary><c>GET /files/{file_id}</c></summary>
    public async Task GetAsync(RequestContext request)
    {
        if (await ReadIdAsync(request) is not { } id)
        {
            return;
        }
        var file = await files.FindAsync(id, request.Aborted);
        await (file is null ? NotFound.WriteAsync(request.Http) : JsonReply.WriteAsync(request.Http, ((string?)null, file), FileJson.WriteReply));
    }

    /// <summary><c>DELETE /files/{file_id}</c>: the record goes first, so that what a kill leaves is a file, which the sweep removes, as it does where the storage is away.</summary>
    public async Task DeleteAsync(RequestContext request)
    {
        if (await ReadIdAsync(request) is not { } id)
        {
            return;
        }
        var filename = await files.DeleteAsync(id, WireTime.Now(clock), request.Aborted);
        if (filename is null)
        {
            await NotFound.WriteAsync(request.Http);
            return;
        }
        // Also for a client that has gone meanwhile.
        await storage.RemoveAsync(filename, CancellationToken.None);
        await JsonReply.WriteAsync(request.Http, id, static (json, id) =>
        {
            json.WriteString("message"u8, "File deleted successfully"u8);
            json.WriteNumber("file_id"u8, id);
        });
    }

    /// <summary>The id of the path; null when it was answered 422.</summary>
    internal static async Task<long?> ReadIdAsync(RequestContext request, string name = "file_id")
    {
        var errors = new ValidationErrors();
        var id = PathFields.RequiredInteger(errors, name, request.RouteValues[0], long.MinValue, long.MaxValue);
        if (!errors.Any)
        {
            return id;
        }
        await errors.WriteAsync(request.Http);
        return null;
    }
}
