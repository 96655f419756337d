using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Mcp.Rest;

/// <summary><c>GET /health</c>, which looks at nothing else (upstream contract 1.2).</summary>
internal sealed class HealthEndpoint(string version)
{
    /// <summary>Answers.</summary>
    public Task GetAsync(RequestContext request) => JsonAnswer.WriteAsync(request.Http, StatusCodes.Status200OK, version, static (json, version) =>
    {
        json.WriteString("status"u8, "healthy"u8);
        json.WriteString("service"u8, "mcp-server-http"u8);
        json.WriteString("version"u8, version);
    });
}
