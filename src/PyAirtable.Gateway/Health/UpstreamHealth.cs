using System.Globalization;
using Microsoft.AspNetCore.Http;
using PyAirtable.Gateway.Families;
using PyAirtable.Gateway.Forwarding;
using PyAirtable.Gateway.Upstreams;
using PyAirtable.Gateway.WebSockets;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Gateway.Health;

/// <summary><c>/api/health</c>: how the upstreams are, always with status 200 (gateway contract 3.1 and D2).</summary>
/// <param name="caller">Asks them.</param>
/// <param name="policies">The upstreams' circuits.</param>
/// <param name="upstreams">Whom, in the order of the answer.</param>
/// <param name="timeout">How long each may take.</param>
/// <param name="statistics">Gives the counts of the WebSocket connections.</param>
/// <param name="clock">The clock.</param>
internal sealed class UpstreamHealth(UpstreamCaller caller, UpstreamPolicies policies, IReadOnlyList<Upstream> upstreams, TimeSpan timeout, Func<WebSocketStatistics> statistics, TimeProvider clock)
{
    /// <summary>Asks all at the same time, and answers.</summary>
    public async Task GetAsync(RequestContext request)
    {
        var states = await Task.WhenAll(upstreams.Select(upstream => AskAsync(upstream, request.Aborted)));
        await JsonAnswer.WriteAsync(request.Http, StatusCodes.Status200OK, (States: states, Statistics: statistics(), Now: clock.GetUtcNow()), static (json, seen) =>
        {
            json.WriteString("status"u8, Array.TrueForAll(seen.States, state => state.IsHealthy) ? "healthy"u8 : "degraded"u8);
            json.WriteString("gateway"u8, "healthy"u8);
            json.WriteStartArray("services"u8);
            foreach (var state in seen.States)
            {
                state.WriteTo(json);
            }
            json.WriteEndArray();
            json.WritePropertyName("websocket_stats"u8);
            seen.Statistics.WriteTo(json);
            json.WriteString("timestamp"u8, seen.Now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        });
    }

    private async Task<UpstreamState> AskAsync(Upstream upstream, CancellationToken aborted)
    {
        var started = clock.GetTimestamp();
        try
        {
            await using var reply = await caller.SendAsync(upstream, new UpstreamCall("GET", "/health") { Timeout = timeout, IsPoll = true }, aborted);
            return reply.Status == StatusCodes.Status200OK
                ? State("healthy", null)
                : State("unhealthy", string.Create(CultureInfo.InvariantCulture, $"HTTP {reply.Status}"));
        }
        catch (UpstreamException error)
        {
            return State("unreachable", error.Failure.Reason);
        }

        UpstreamState State(string status, string? error) => 
            new(upstream.Name, upstream.BaseUrl, status, clock.GetElapsedTime(started), error, CircuitName.Of(policies[upstream].Circuit));
    }
}
