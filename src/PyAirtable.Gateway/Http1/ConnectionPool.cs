using System.Diagnostics;
using PyAirtable.Gateway.Upstreams;
using PyAirtable.Hosting.Transport;

namespace PyAirtable.Gateway.Http1;

/// <summary>Connections to one address of an upstream: those that are free wait here for the next request, last used first.</summary>
/// <param name="address">Where to.</param>
/// <param name="loops">Where the connections live.</param>
internal sealed class ConnectionPool(UpstreamAddress address, EventLoops loops)
{
    private const int MaxIdle = 1024;

    // Longer than the reuse, so that none is closed just as it is taken.
    private static readonly TimeSpan ReuseTime = TimeSpan.FromSeconds(55);
    private const long IdleMilliseconds = 60_000;

    // The kernel is not asked after what was used so shortly before: under load that would be a system call for each request.
    private static readonly TimeSpan JustNow = TimeSpan.FromMicroseconds(20);

    private readonly List<UpstreamConnection> _idle = [];
    private readonly Lock _lock = new();

    /// <summary>A free connection, on this thread's loop if there is one; null where none is free.</summary>
    public UpstreamConnection? TryRent()
    {
        while (true)
        {
            UpstreamConnection connection;
            lock (_lock)
            {
                if (_idle.Count == 0)
                {
                    return null;
                }
                var at = Choose(EventLoop.Current);
                connection = _idle[at];
                _idle[at] = _idle[^1];
                _idle.RemoveAt(_idle.Count - 1);
            }
            var idle = Stopwatch.GetElapsedTime(connection.IdleSince);
            if (idle < ReuseTime && connection.IsQuiet(ask: idle > JustNow))
            {
                connection.SetDeadline(0);
                return connection;
            }
            connection.Close();
        }
    }

    /// <summary>A new connection.</summary>
    /// <exception cref="TransportException">The upstream refuses, or cannot be reached.</exception>
    /// <exception cref="TimeoutException">It takes too long.</exception>
    public async ValueTask<UpstreamConnection> ConnectAsync(TimeSpan limit) =>
        new(await StreamSocket.ConnectAsync(address.EndPoint!, loops.Nearest(), limit), this);

    /// <summary>Takes a connection that is free.</summary>
    public void Return(UpstreamConnection connection)
    {
        connection.SetDeadline(Environment.TickCount64 + IdleMilliseconds);
        lock (_lock)
        {
            if (!address.IsGone && _idle.Count < MaxIdle)
            {
                _idle.Add(connection);
                // What ended before it was here has told nobody.
                if (connection.IsQuiet(ask: false))
                {
                    return;
                }
                _idle.Remove(connection);
            }
        }
        connection.Close();
    }

    /// <summary>Closes a connection that has ended, if it is here.</summary>
    public void Forget(UpstreamConnection connection)
    {
        lock (_lock)
        {
            if (!_idle.Remove(connection))
            {
                return;
            }
        }
        connection.Close();
    }

    /// <summary>Closes those that are free now.</summary>
    public void CloseIdle()
    {
        UpstreamConnection[] all;
        lock (_lock)
        {
            all = [.. _idle];
            _idle.Clear();
        }
        Array.ForEach(all, static connection => connection.Close());
    }

    // The last used of this loop is near the end.
    private int Choose(EventLoop? loop)
    {
        for (var i = _idle.Count - 1; loop is not null && i >= 0; i--)
        {
            if (_idle[i].Loop == loop)
            {
                return i;
            }
        }
        return _idle.Count - 1;
    }
}
