using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Serving;
using PyAirtable.Platform.Access;

namespace PyAirtable.Platform.Status;

/// <summary><c>GET /</c> (platform contract 5.2): which service this is, and for how long it has run.</summary>
internal sealed class RootEndpoint(TimeProvider clock)
{
    private readonly long _startedAt = clock.GetTimestamp();

    /// <summary>Answers.</summary>
    public Task GetAsync(RequestContext request) =>
        JsonAnswer.WriteAsync(request.Http, StatusCodes.Status200OK, clock.GetElapsedTime(_startedAt), static (json, uptime) =>
        {
            json.WriteString("service"u8, "platform-services"u8);
            json.WriteString("version"u8, "1.0.0"u8);
            json.WriteNumber("uptime_seconds"u8, Math.Round(uptime.TotalSeconds, 1));
        });
}
