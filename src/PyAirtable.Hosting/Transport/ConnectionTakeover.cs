using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace PyAirtable.Hosting.Transport;

/// <summary>
/// Lets the handler of a request take its connection from the HTTP server: the server lets go of it without an answer and without closing it,
/// so that nothing of it is kept for an answer that never ends.
/// </summary>
public sealed class ConnectionTakeover : IConnectionHeartbeatFeature
{
    private readonly Lock _gate = new();
    private readonly SocketConnection _connection;
    private List<(Action<object> Action, object State)>? _beats;
    private Func<SocketStream, Task>? _successor;

    private ConnectionTakeover(SocketConnection connection, IConnectionHeartbeatFeature? heartbeat)
    {
        _connection = connection;
        heartbeat?.OnHeartbeat(static takeover => ((ConnectionTakeover)takeover).Beat(), this);
    }

    /// <summary>Stands before the server.</summary>
    public static ConnectionDelegate Wrap(ConnectionDelegate server) => async connection =>
    {
        if (connection is not SocketConnection socket)
        {
            await server(connection);
            return;
        }
        // The server registers itself with the heartbeat for as long as the connection is there, so it gets one that ends with it.
        var takeover = new ConnectionTakeover(socket, connection.Features.Get<IConnectionHeartbeatFeature>());
        connection.Features.Set<IConnectionHeartbeatFeature>(takeover);
        connection.Features.Set(takeover);
        await server(connection);
        if (takeover.Release() is { } successor)
        {
            await successor(new SocketStream(socket));
        }
    };

    /// <summary>That of a request's connection; null where there is none: behind TLS, and where requests share a connection.</summary>
    public static ConnectionTakeover? Of(HttpContext http) => http.Request.Protocol == HttpProtocol.Http11 ? http.Features.Get<ConnectionTakeover>() : null;

    /// <summary>Takes the connection of a request to which nothing was answered yet; the handler returns after it.</summary>
    /// <param name="http">The request.</param>
    /// <param name="successor">Has the connection from then on; its end closes it.</param>
    public void Begin(HttpContext http, Func<SocketStream, Task> successor)
    {
        _successor = successor;
        _connection.StaysOpen = true;
        http.Abort();
    }

    /// <inheritdoc/>
    public void OnHeartbeat(Action<object> action, object state)
    {
        lock (_gate)
        {
            (_beats ??= []).Add((action, state));
        }
    }

    private void Beat()
    {
        List<(Action<object> Action, object State)>? beats;
        lock (_gate)
        {
            beats = _beats;
        }
        foreach (var (action, state) in beats ?? [])
        {
            action(state);
        }
    }

    private Func<SocketStream, Task>? Release()
    {
        lock (_gate)
        {
            _beats = null;
        }
        _connection.StaysOpen = false;
        var successor = _successor;
        _successor = null;
        return successor;
    }
}
