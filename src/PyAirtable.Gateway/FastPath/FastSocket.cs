using System.Diagnostics;
using System.Text;
using PyAirtable.Gateway.WebSockets;
using PyAirtable.Hosting.Serving;
using PyAirtable.Hosting.Transport;

namespace PyAirtable.Gateway.FastPath;

/// <summary>A WebSocket that was taken on the fast path: no HTTP server and no request stands behind it, so that it costs little while
/// nothing is said.</summary>
internal sealed class FastSocket
{
    private const long SendMilliseconds = 60_000;

    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly ServiceApplication _application;
    private readonly SocketConnection _client;
    private readonly WebSocketEndpoint _endpoint;
    private readonly ClientConnection _place;
    private readonly string? _traceId;

    private FastSocket(ServiceApplication application, SocketConnection client, WebSocketEndpoint endpoint, ClientConnection place, string? traceId) =>
        (_application, _client, _endpoint, _place, _traceId) = (application, client, endpoint, place, traceId);

    /// <summary>Takes a handshake, and writes its answer without sending it; null where it is to be refused, which is left to the server.</summary>
    /// <param name="application">What keeps the record of requests.</param>
    /// <param name="client">The client.</param>
    /// <param name="path">The settings of the moment.</param>
    /// <param name="handshake">The handshake.</param>
    /// <param name="input">What it was read from.</param>
    public static FastSocket? TryTake(ServiceApplication application, SocketConnection client, FastPath path, FastHandshake handshake, ReadOnlySpan<byte> input)
    {
        if (path.IsStopping || path.Sockets.Enter(handshake.Query) is not { } place)
        {
            return null;
        }
        handshake.WriteAnswer(client.Transport.Output, input);
        var traceId = handshake.TraceId.IsSet ? Encoding.Latin1.GetString(handshake.TraceId.Of(input)) : null;
        return new FastSocket(application, client, path.Sockets, place, traceId);
    }

    /// <summary>Holds it to its end.</summary>
    public async Task HoldAsync()
    {
        _application.BeginRequest();
        try
        {
            _client.Socket.SetDeadline(Environment.TickCount64 + SendMilliseconds);
            var flush = await _client.Transport.Output.FlushAsync();
            _client.Socket.SetDeadline(0);
            if (!flush.IsCompleted)
            {
                await _endpoint.HoldAsync(_place, new SocketStream(_client));
            }
        }
        finally
        {
            _endpoint.Leave(_place);
            _application.EndRequest("GET", WebSocketEndpoint.Path, 101, _started, 0, _traceId, upstream: null);
        }
    }
}
