using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Serving;
using PyAirtable.Platform.Storage;

namespace PyAirtable.Platform.ApiV1;

/// <summary><c>GET /api/v1/admin/users</c> (platform contract 8.5): a page of all users, those who are not active among them.</summary>
internal sealed class AdminUsersEndpoint(UserStore users)
{
    /// <summary>Answers an array; how many users there are stands in <c>X-Total-Count</c>.</summary>
    public async Task ListAsync(RequestContext request)
    {
        if (await ApiQuery.ReadPageAsync(request) is not var (limit, offset))
        {
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
