using Microsoft.AspNetCore.Http;
using PyAirtable.Gateway.WebSockets.Delivery;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Gateway.WebSockets;

/// <summary><c>/api/websocket/stats</c> (gateway contract 1.9).</summary>
internal sealed class StatisticsEndpoint(SocketCounters counters, SessionDirectory connections, ISessionExchange exchange)
{
    /// <summary>The counts now.</summary>
    public WebSocketStatistics Read() => new()
    {
        TotalConnections = counters.Connections,
        ActiveConnections = connections.Tracked,
        MessagesSent = counters.Sent,
        MessagesQueued = counters.Queued,
        RateLimitViolations = counters.Violations,
        AuthenticationFailures = counters.Failures,
        ActiveSessions = connections.Sessions,
        QueuedMessagesTotal = exchange.Queued,
    };

    /// <summary>Answers with them.</summary>
    public Task GetAsync(RequestContext request) =>
        JsonAnswer.WriteAsync(request.Http, StatusCodes.Status200OK, Read(), static (json, statistics) => statistics.WriteMembersTo(json));
}
