using Microsoft.AspNetCore.Http;
using PyAirtable.Automation.Replies;
using PyAirtable.Hosting.Data;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Automation;

/// <summary>What the service says of itself (automation contract 6).</summary>
/// <param name="database">Asked by the health check.</param>
/// <param name="areWorkersRunning">Whether the workers take jobs.</param>
internal sealed class ServiceEndpoints(Database database, Func<bool> areWorkersRunning)
{
    private static readonly PreparedAnswer Root = new(
        StatusCodes.Status200OK,
        PreparedAnswer.Json,
        """{"service":"PyAirtable Automation Services","version":"1.0.0","description":"Consolidated file processing and workflow automation service","endpoints":{"files":"/files","workflows":"/workflows","health":"/health","docs":"/docs"}}"""u8.ToArray());

    private static readonly PreparedAnswer Unavailable = DetailError.Prepare(StatusCodes.Status503ServiceUnavailable, "Service unavailable");

    /// <summary><c>GET /</c></summary>
    public static Task RootAsync(RequestContext request) => Root.WriteAsync(request.Http);

    /// <summary><c>GET /health</c></summary>
    public async Task HealthAsync(RequestContext request)
    {
        if (!await database.PingAsync(request.Aborted))
        {
            await Unavailable.WriteAsync(request.Http);
            return;
        }
        await JsonReply.WriteAsync(request.Http, areWorkersRunning(), static (json, running) =>
        {
            json.WriteString("status"u8, "healthy"u8);
            json.WriteString("service"u8, "pyairtable-automation-services"u8);
            json.WriteStartObject("components"u8);
            json.WriteString("database"u8, "healthy"u8);
            json.WriteString("scheduler"u8, running ? "healthy"u8 : "unhealthy"u8);
            json.WriteString("file_processor"u8, "healthy"u8);
            json.WriteString("workflow_engine"u8, "healthy"u8);
            json.WriteEndObject();
            json.WriteString("version"u8, "1.0.0"u8);
        });
    }
}
