using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Serving;
using PyAirtable.Mcp.Tools;

namespace PyAirtable.Mcp.Rest;

/// <summary><c>GET /tools</c> (upstream contract 1.2 and 1.5).</summary>
internal sealed class ToolListEndpoint(ToolRunner tools)
{
    /// <summary>Answers.</summary>
    public async Task GetAsync(RequestContext request, Caller caller)
    {
        var list = await tools.ListAsync(caller, request.Aborted);
        await JsonAnswer.WriteAsync(request.Http, StatusCodes.Status200OK, list, static (json, list) =>
        {
            json.WriteStartArray("tools"u8);
            foreach (var tool in list)
            {
                json.WriteStartObject();
                json.WriteString("name"u8, tool.Name);
                json.WriteString("description"u8, tool.Description);
                json.WritePropertyName("inputSchema"u8);
                tool.InputSchema.WriteTo(json);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        });
    }
}
