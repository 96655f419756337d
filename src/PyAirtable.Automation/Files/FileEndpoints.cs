using Microsoft.AspNetCore.Http;
using PyAirtable.Automation.Replies;
using PyAirtable.Automation.Storage;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Requests;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Automation.Files;

/// <summary>Lists, shows and deletes files (automation contract 1.4).</summary>
internal sealed class FileEndpoints(FileStore files, UploadFolder folder, TimeProvider clock)
{
    internal static readonly PreparedAnswer NotFound = DetailError.Prepare(StatusCodes.Status404NotFound, "File not found");

    /// <summary><c>GET /files</c></summary>
    public async Task ListAsync(RequestContext request)
    {
        var errors = new ValidationErrors();
        var query = ListQuery.Read(request.Http.Request, errors);
        if (errors.Any)
        {
            await errors.WriteAsync(request.Http);
            return;
        }
        var status = query.Status is null ? null : FileStatus.Stored(query.Status);
        if (query.Status is not null && status is null)
        {
            await DetailError.WriteAsync(request.Http, StatusCodes.Status400BadRequest, $"Invalid status: {query.Status}");
            return;
        }
        var page = await files.ListAsync(status, query.Skip, query.Limit, request.Aborted);
        await JsonReply.WriteAsync(request.Http, (page, query), static (json, reply) =>
        {
            json.WriteStartArray("files"u8);
            foreach (var file in reply.page)
            {
                FileJson.Write(json, file);
            }
            json.WriteEndArray();
            json.WriteNumber("total"u8, reply.page.Count);
            json.WriteNumber("skip"u8, reply.query.Skip);
            json.WriteNumber("limit"u8, reply.query.Limit);
        });
    }

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

    /// <summary><c>DELETE /files/{file_id}</c>: the record goes first, so that what a kill leaves is a file, which the sweep removes.</summary>
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
        folder.Create();
        folder.Remove(filename);
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
