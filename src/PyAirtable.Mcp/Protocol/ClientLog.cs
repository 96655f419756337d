using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;

namespace PyAirtable.Mcp.Protocol;

/// <summary>Which log messages a client is sent: those of the level that it has set and above; none before it has set one.</summary>
internal sealed class ClientLog
{
    private const int Nothing = int.MaxValue;
    private volatile int _least = Nothing;

    /// <summary>The client has set the level (<c>logging/setLevel</c>).</summary>
    public void SetLevel(LoggingLevel level) => _least = (int)level;

    /// <summary>Whether it is sent none.</summary>
    public bool IsOff => _least == Nothing;

    /// <summary>Whether it is sent messages of that level.</summary>
    public bool Wants(LoggingLevel level) => (int)level >= _least;

    /// <summary>A message; who sends it sees to it that it holds nothing secret.</summary>
    /// <param name="level">Its level.</param>
    /// <param name="logger">What it is about: <c>tools</c> or <c>python</c>.</param>
    /// <param name="message">The text.</param>
    /// <param name="traceId">Trace id of the request that it belongs to; null for none.</param>
    public static JsonRpcNotification Message(LoggingLevel level, string logger, string message, string? traceId)
    {
        var data = new JsonObject { ["message"] = message };
        if (traceId is not null)
        {
            data["trace_id"] = traceId;
        }
        return new JsonRpcNotification
        {
            Method = NotificationMethods.LoggingMessageNotification,
            Params = new JsonObject { ["level"] = level.ToString().ToLowerInvariant(), ["logger"] = logger, ["data"] = data },
        };
    }
}
