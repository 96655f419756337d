using System.Text.Json;
using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Automation.Replies;

/// <summary>How one kind of list is answered (automation contract 1.4 and 1.5).</summary>
/// <param name="Name">Member that holds the rows.</param>
/// <param name="StoredStatus">The stored form of a status as sent; null for one that does not exist.</param>
/// <param name="WriteRow">Writes a row.</param>
internal sealed record ListReply<TRow>(string Name, Func<string, string?> StoredStatus, Action<Utf8JsonWriter, TRow> WriteRow)
{
    /// <summary>Reads the query, reads the page with it, and answers; a query at fault is refused.</summary>
    /// <param name="request">The request.</param>
    /// <param name="errors">Faults found so far.</param>
    /// <param name="read">Reads a page: stored status or null, and the query.</param>
    /// <param name="workflow">The workflow whose list it is, which the answer names.</param>
    public async Task WriteAsync(RequestContext request, ValidationErrors errors, Func<string?, ListQuery, Task<List<TRow>>> read, long? workflow = null)
    {
        var query = ListQuery.Read(request.Http.Request, errors);
        if (errors.Any)
        {
            await errors.WriteAsync(request.Http);
            return;
        }
        var status = query.Status is null ? null : StoredStatus(query.Status);
        if (query.Status is not null && status is null)
        {
            await DetailError.WriteAsync(request.Http, StatusCodes.Status400BadRequest, $"Invalid status: {query.Status}");
            return;
        }
        var page = await read(status, query);
        await JsonReply.WriteAsync(request.Http, (List: this, page, workflow, query), static (json, reply) =>
        {
            json.WriteStartArray(reply.List.Name);
            foreach (var row in reply.page)
            {
                reply.List.WriteRow(json, row);
            }
            json.WriteEndArray();
            if (reply.workflow is { } id)
            {
                json.WriteNumber("workflow_id"u8, id);
            }
            json.WriteNumber("total"u8, reply.page.Count);
            json.WriteNumber("skip"u8, reply.query.Skip);
            json.WriteNumber("limit"u8, reply.query.Limit);
        });
    }
}
