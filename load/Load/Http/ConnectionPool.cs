using System.Net;
using PyAirtable.Load.Loop;

namespace PyAirtable.Load.Http;

/// <summary>Connections to one server, taken in turns so that all of them stay in use. Requests beyond their number wait, first come, first served.</summary>
/// <param name="loop">Where they live.</param>
/// <param name="server">What they go to.</param>
/// <param name="limit">Connections at most.</param>
internal sealed class ConnectionPool(LoadLoop loop, IPEndPoint server, int limit) : IDisposable
{
    private static readonly long SweepEvery = LoadClock.Second / 4;

    private readonly HashSet<HttpConnection> _all = [];
    private readonly Queue<HttpConnection> _idle = new();
    private readonly Queue<TaskCompletionSource<HttpConnection>> _waiting = new();
    private bool _sweeps;
    private bool _closed;

    /// <summary>Connections that are open.</summary>
    public int Count => _all.Count;

    /// <summary>Opens connections until there are so many, without asking anything of them.</summary>
    public void Fill(int count)
    {
        while (_all.Count < Math.Min(count, limit))
        {
            _idle.Enqueue(Open());
        }
    }

    /// <summary>A connection that nobody else uses.</summary>
    /// <exception cref="IOException">The system gives no socket.</exception>
    public async ValueTask<HttpConnection> RentAsync()
    {
        while (_idle.TryDequeue(out var idle))
        {
            if (idle.IsUsable)
            {
                return idle;
            }
            Close(idle);
        }
        if (_all.Count < limit)
        {
            return Open();
        }
        var turn = new TaskCompletionSource<HttpConnection>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Enqueue(turn);
        return await turn.Task;
    }

    /// <summary>Gives a connection back.</summary>
    public void Return(HttpConnection connection)
    {
        if (!connection.IsUsable || _closed)
        {
            Close(connection);
            if (_waiting.Count == 0 || _closed)
            {
                return;
            }
            connection = Open();
        }
        if (_waiting.TryDequeue(out var turn))
        {
            turn.SetResult(connection);
        }
        else
        {
            _idle.Enqueue(connection);
        }
    }

    /// <summary>Closes all; requests under way fail.</summary>
    public void Dispose()
    {
        _closed = true;
        while (_waiting.TryDequeue(out var turn))
        {
            turn.SetException(new IOException("closed"));
        }
        foreach (var connection in _all.ToList())
        {
            connection.Fail("closed");
            Close(connection);
        }
    }

    private HttpConnection Open()
    {
        var connection = new HttpConnection(loop, server);
        _all.Add(connection);
        if (!_sweeps)
        {
            _sweeps = true;
            loop.At(LoadClock.Now + SweepEvery, Sweep);
        }
        return connection;
    }

    private void Close(HttpConnection connection)
    {
        _all.Remove(connection);
        connection.Dispose();
    }

    private void Sweep()
    {
        if (_closed)
        {
            return;
        }
        var now = LoadClock.Now;
        foreach (var late in _all.Where(connection => connection.IsBusy && connection.Deadline < now).ToList())
        {
            late.Fail("no answer in time");
        }
        loop.At(now + SweepEvery, Sweep);
    }
}
