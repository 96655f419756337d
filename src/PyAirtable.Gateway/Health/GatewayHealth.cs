using System.Globalization;
using Microsoft.AspNetCore.Http;
using PyAirtable.Gateway.Families;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Gateway.Health;

/// <summary><c>/health</c> and <c>/ready</c>: the gateway itself, whatever its upstreams do (gateway contract 3.2).</summary>
internal sealed class GatewayHealth(TimeProvider clock)
{
    private readonly long _started = clock.GetTimestamp();

    /// <summary>Answers 200.</summary>
    public Task GetAsync(RequestContext request) =>
        JsonAnswer.WriteAsync(request.Http, StatusCodes.Status200OK, (Now: clock.GetUtcNow(), Up: clock.GetElapsedTime(_started)), static (json, at) =>
        {
            json.WriteString("service"u8, "PyAirtable API Gateway"u8);
            json.WriteString("status"u8, "healthy"u8);
            json.WriteString("timestamp"u8, at.Now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture));
            json.WriteString("uptime"u8, GoDuration.Format(at.Up));
            json.WriteString("version"u8, "1.0.0"u8);
        });
}
