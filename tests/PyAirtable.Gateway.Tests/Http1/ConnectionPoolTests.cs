using System.Net;
using System.Net.Sockets;
using PyAirtable.Gateway.Http1;
using PyAirtable.Gateway.Upstreams;
using PyAirtable.Hosting.Transport;

namespace PyAirtable.Gateway.Tests.Http1;

public sealed class ConnectionPoolTests : IAsyncDisposable
{
    private const int MaxCalls = 8;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly EventLoops _loops = new(2);
    private readonly Socket _listener = Listen();
    private readonly List<Socket> _accepted = [];
    private readonly UpstreamAddress _address;
    private readonly ConnectionPool _pool;

    public ConnectionPoolTests()
    {
        _address = new UpstreamAddress(UpstreamEndpoint.ParseList($"http://{_listener.LocalEndPoint}")[0], IPAddress.Loopback);
        _pool = _address.ConnectionsOn(_loops, MaxCalls);
    }

    public async ValueTask DisposeAsync()
    {
        await _loops.DisposeAsync();
        _accepted.ForEach(static socket => socket.Dispose());
        _listener.Dispose();
    }

    [Fact]
    public async Task TryRent_OwnLoopHasOne_TakesItThoughAnothersWasUsedLast()
    {
        var (one, other) = await ConnectOnEachLoopAsync();
        _pool.Return(one);
        _pool.Return(other);

        Assert.Same(one, _pool.TryRent(one.Loop));
        Assert.Same(other, _pool.TryRent(other.Loop));
        Assert.Null(_pool.TryRent(one.Loop));
    }

    [Fact]
    public async Task TryRent_OfOwnLoop_TakesTheLastUsed()
    {
        var loop = _loops.Next();
        var (first, second) = (await ConnectAsync(loop), await ConnectAsync(loop));
        _pool.Return(second);
        _pool.Return(first);

        Assert.Same(first, _pool.TryRent(loop));
        Assert.Same(second, _pool.TryRent(loop));
    }

    [Fact]
    public async Task TryRent_OnlyAnotherLoopHasOneJustUsed_TakesNone()
    {
        var (one, other) = await ConnectOnEachLoopAsync();
        _pool.Return(other);

        // What is taken and given back at the first look was just used at the second.
        await EventuallyAsync(() => TakesNone(one.Loop) || TakesNone(one.Loop));
    }

    [Fact]
    public async Task TryRent_RarelyUsed_TakesAnotherLoops()
    {
        var (one, other) = await ConnectOnEachLoopAsync();
        _pool.Return(other);

        await EventuallyAsync(() => _pool.TryRent(one.Loop) == other);
    }

    [Fact]
    public async Task TryRent_AsManyConnectionsAsCallsAllowed_TakesAnotherLoops()
    {
        var (one, other) = await ConnectOnEachLoopAsync();
        for (var call = 0; call < MaxCalls; call++)
        {
            _address.Enter();
        }
        _pool.Return(other);

        Assert.Same(other, _pool.TryRent(one.Loop));
    }

    [Fact]
    public async Task TryRent_OnNoLoop_TakesTheLastUsedOfAll()
    {
        var (one, other) = await ConnectOnEachLoopAsync();
        _pool.Return(one);
        _pool.Return(other);

        // What has waited for a connection may go on on its loop.
        var taken = await Task.Run(() => (_pool.TryRent(null), _pool.TryRent(null)), TestContext.Current.CancellationToken);
        Assert.Equal((other, one), taken);
    }

    [Fact]
    public async Task TryRent_ClosedByTheUpstream_TakesNone()
    {
        var connection = await ConnectAsync(_loops.Next());
        _pool.Return(connection);
        _accepted[0].Dispose();
        await EventuallyAsync(() => !connection.IsQuiet(ask: true));

        Assert.Null(_pool.TryRent(connection.Loop));
    }

    [Fact]
    public async Task Return_AddressIsGone_KeepsNone()
    {
        var connection = await ConnectAsync(_loops.Next());
        _address.Retire();
        _pool.Return(connection);

        Assert.Null(_pool.TryRent(connection.Loop));
    }

    [Fact]
    public async Task CloseIdle_OnAllLoops_LeavesNone()
    {
        var (one, other) = await ConnectOnEachLoopAsync();
        _pool.Return(one);
        _pool.Return(other);
        _pool.CloseIdle();

        Assert.Null(_pool.TryRent(null));
        using var limit = new CancellationTokenSource(Patience);
        foreach (var socket in _accepted)
        {
            Assert.Equal(0, await socket.ReceiveAsync(new byte[1], limit.Token));
        }
    }

    private bool TakesNone(EventLoop loop)
    {
        if (_pool.TryRent(loop) is not { } taken)
        {
            return true;
        }
        _pool.Return(taken);
        return false;
    }

    private async Task<(UpstreamConnection One, UpstreamConnection Other)> ConnectOnEachLoopAsync()
    {
        var one = await ConnectAsync(_loops.Next());
        var other = await ConnectAsync(_loops.Next());
        Assert.NotSame(one.Loop, other.Loop);
        return (one, other);
    }

    private async Task<UpstreamConnection> ConnectAsync(EventLoop loop)
    {
        var connection = await _pool.ConnectAsync(Patience, loop);
        _accepted.Add(await _listener.AcceptAsync(TestContext.Current.CancellationToken));
        Assert.Same(loop, connection.Loop);
        return connection;
    }

    private static async Task EventuallyAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!condition())
        {
            await Task.Delay(10, limit.Token);
        }
    }

    private static Socket Listen()
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(64);
        return listener;
    }
}
