using System.Diagnostics;
using PyAirtable.Gateway.Upstreams;
using PyAirtable.Hosting.Transport;

namespace PyAirtable.Gateway.Http1;

/// <summary>Connections to one address of an upstream: those that are free wait here for the next request, last used first.</summary>
/// <remarks>
/// A request takes one of the event loop that its client is on. Where that loop has none but another has, a new one is made, once: one of
/// another loop would cost each of the requests that follow two changes of thread, and memory for them. But one of another loop is
/// taken where the address is so rarely used that each loop's own would mostly be idle, and end unused, and where there would be more
/// connections than calls are allowed.
/// </remarks>
/// <param name="address">Where to.</param>
/// <param name="loops">Where the connections live.</param>
/// <param name="maxCalls">Calls that the upstream has at once at most.</param>
internal sealed class ConnectionPool(UpstreamAddress address, EventLoops loops, int maxCalls)
{
    private const int MaxIdle = 1024;

    // Longer than the reuse, so that none is closed just as it is taken.
    private static readonly TimeSpan ReuseTime = TimeSpan.FromSeconds(55);
    private const long IdleMilliseconds = 60_000;

    // The kernel is not asked after what was used so shortly before: under load that would be a system call for each request.
    private static readonly TimeSpan JustNow = TimeSpan.FromMicroseconds(20);

    // So rarely used is an address that a change of thread for each request does not count.
    private static readonly TimeSpan Rarely = TimeSpan.FromMilliseconds(100);

    // By the number of their loop.
    private readonly List<UpstreamConnection>[] _idle = [.. Enumerable.Range(0, loops.Count).Select(static _ => new List<UpstreamConnection>())];
    private readonly Lock _lock = new();
    private int _count;

    /// <summary>A free connection; null where a new one is to be made.</summary>
    /// <param name="loop">Where it is to be used; null for this thread's, if it is one.</param>
    public UpstreamConnection? TryRent(EventLoop? loop)
    {
        while (true)
        {
            UpstreamConnection? connection;
            lock (_lock)
            {
                connection = Take(loop ?? loops.Current);
            }
            if (connection is null)
            {
                return null;
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
    /// <param name="limit">How long it may take.</param>
    /// <param name="loop">Where it is to be used; null for this thread's, or any.</param>
    /// <exception cref="TransportException">The upstream refuses, or cannot be reached.</exception>
    /// <exception cref="TimeoutException">It takes too long.</exception>
    public async ValueTask<UpstreamConnection> ConnectAsync(TimeSpan limit, EventLoop? loop) =>
        new(await StreamSocket.ConnectAsync(address.EndPoint!, loop ?? loops.Nearest(), limit), this);

    /// <summary>Takes a connection that is free.</summary>
    public void Return(UpstreamConnection connection)
    {
        connection.SetDeadline(Environment.TickCount64 + IdleMilliseconds);
        connection.IdleSince = Stopwatch.GetTimestamp();
        lock (_lock)
        {
            if (!address.IsGone && _count < MaxIdle)
            {
                _idle[connection.Loop.Number].Add(connection);
                _count++;
                // What ended before it was here has told nobody.
                if (connection.IsQuiet(ask: false))
                {
                    return;
                }
                Remove(connection);
            }
        }
        connection.Close();
    }

    /// <summary>Closes a connection that has ended, if it is here.</summary>
    public void Forget(UpstreamConnection connection)
    {
        lock (_lock)
        {
            if (!Remove(connection))
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
            all = [.. _idle.SelectMany(static ofLoop => ofLoop)];
            Array.ForEach(_idle, static ofLoop => ofLoop.Clear());
            _count = 0;
        }
        Array.ForEach(all, static connection => connection.Close());
    }

    private UpstreamConnection? Take(EventLoop? loop)
    {
        var among = loop is null ? null : _idle[loop.Number];
        if (among is not { Count: > 0 })
        {
            among = LastUsed();
            if (among is null || (loop is not null && !IsBetterThanNew(among[^1])))
            {
                return null;
            }
        }
        var connection = among[^1];
        among.RemoveAt(among.Count - 1);
        _count--;
        return connection;
    }

    // Those of the loop that used one last; null where no loop has any.
    private List<UpstreamConnection>? LastUsed()
    {
        List<UpstreamConnection>? last = null;
        foreach (var ofLoop in _idle)
        {
            if (ofLoop.Count > 0 && (last is null || ofLoop[^1].IdleSince > last[^1].IdleSince))
            {
                last = ofLoop;
            }
        }
        return last;
    }

    // Every call under way, which the caller's is one of, has a connection or is about to get one.
    private bool IsBetterThanNew(UpstreamConnection lastUsed) =>
        Stopwatch.GetElapsedTime(lastUsed.IdleSince) > Rarely || _count + address.InFlight > maxCalls;

    private bool Remove(UpstreamConnection connection)
    {
        var removed = _idle[connection.Loop.Number].Remove(connection);
        _count -= removed ? 1 : 0;
        return removed;
    }
}
