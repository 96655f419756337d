using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Requests;
using PyAirtable.Hosting.Serving;
using PyAirtable.Platform.Storage;

namespace PyAirtable.Platform.ApiV1;

/// <summary><c>GET /api/v1/admin/users</c> (platform contract 8.5): a page of all users, those who are not active among them.</summary>
internal sealed class AdminUsersEndpoint(UserStore users)
{
    private static readonly PreparedAnswer BadQuery = GoError.Prepare(StatusCodes.Status400BadRequest, "Invalid query parameter");

    /// <summary>Answers an array; how many users there are stands in <c>X-Total-Count</c>.</summary>
    public async Task ListAsync(RequestContext request)
    {
        var errors = new ValidationErrors();
        var query = new QueryFields(request.Http.Request, errors);
        var limit = (int)query.IntegerOr("limit", 100, 1, 1000);
        var offset = (int)query.IntegerOr("offset", 0, 0, int.MaxValue);
        if (errors.Any)
        {
            await BadQuery.WriteAsync(request.Http);
            return;
        }

        var (page, total) = await users.ListAsync(limit, offset, request.Aborted);
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body, JsonAnswer.Compact))
        {
            json.WriteStartArray();
            foreach (var user in page)
            {
                json.WriteStartObject();
                ApiUserJson.WriteMembers(json, user);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        request.Http.Response.Headers["X-Total-Count"] = total.ToString(CultureInfo.InvariantCulture);
        await new PreparedAnswer(StatusCodes.Status200OK, PreparedAnswer.Json, body.WrittenMemory).WriteAsync(request.Http);
    }
}
