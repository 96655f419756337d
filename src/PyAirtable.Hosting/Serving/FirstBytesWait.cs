using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace PyAirtable.Hosting.Serving;

/// <summary>The bounds of the wait for a connection's first bytes, before the server itself looks after it: it is cancelled when
/// the server stops, and after as long as the server lets a connection be idle.</summary>
internal sealed class FirstBytesWait : IDisposable
{
    // The server's heartbeat comes once a second; its limit on idle connections is the same.
    private const int LongestWait = 130;

    private const int Waiting = 0;
    private const int Over = 1;

    private readonly ConnectionContext _connection;
    private readonly CancellationTokenRegistration _stop;
    private int _heartbeats;
    private int _state = Waiting;

    public FirstBytesWait(ConnectionContext connection)
    {
        _connection = connection;
        connection.Features.Get<IConnectionHeartbeatFeature>()?.OnHeartbeat(static wait => ((FirstBytesWait)wait).Beat(), this);
        if (connection.Features.Get<IConnectionLifetimeNotificationFeature>() is { } lifetime)
        {
            _stop = lifetime.ConnectionClosedRequested.UnsafeRegister(static wait => ((FirstBytesWait)wait!).Cancel(), this);
        }
    }

    /// <summary>Ends the wait; false if it was cancelled.</summary>
    public bool TryEnd() => Interlocked.Exchange(ref _state, Over) == Waiting;

    public void Dispose() => _stop.Dispose();

    private void Beat()
    {
        if (_state == Waiting && ++_heartbeats > LongestWait)
        {
            Cancel();
        }
    }

    // A read of the server's own must not be cancelled.
    private void Cancel()
    {
        if (Interlocked.CompareExchange(ref _state, Over, Waiting) == Waiting)
        {
            _connection.Transport.Input.CancelPendingRead();
        }
    }
}
