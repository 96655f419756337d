using System.Net;
using System.Net.Sockets;
using PyAirtable.Gateway.Http1;
using PyAirtable.Gateway.Upstreams;
using PyAirtable.Hosting.Transport;

namespace PyAirtable.Gateway.Tests.Http1;

public sealed class ConnectionPoolTests : IAsyncDisposable
{
    private const int Limit = 8;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly EventLoops _loops = new(2);
    private readonly Socket _listener = Listen();
    private readonly List<Socket> _accepted = [];
    private readonly UpstreamAddress _address;
    private readonly ConnectionPool _pool;

    public ConnectionPoolTests()
    {
        _address = new UpstreamAddress(UpstreamEndpoint.ParseList($"http://{_listener.LocalEndPoint}")[0], IPAddress.Loopback);
        _pool = _address.ConnectionsOn(_loops, Limit);
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

        Assert.Same(one, await OnAsync(one.Loop, _pool.TryRent));
        Assert.Same(other, await OnAsync(other.Loop, _pool.TryRent));
        Assert.Null(await OnAsync(one.Loop, _pool.TryRent));
    }

    [Fact]
    public async Task TryRent_OfOwnLoop_TakesTheLastUsed()
    {
        var loop = _loops.Next();
        var (first, second) = (await ConnectAsync(loop), await ConnectAsync(loop));
        _pool.Return(second);
        _pool.Return(first);

        Assert.Same(first, await OnAsync(loop, _pool.TryRent));
        Assert.Same(second, await OnAsync(loop, _pool.TryRent));
    }

    [Fact]
    public async Task TryRent_OnlyAnotherLoopHasOneJustUsed_TakesNone()
    {
        var (one, other) = await ConnectOnEachLoopAsync();
        _pool.Return(other);

        // What is taken and given back at the first look was just used at the second.
        await EventuallyAsync(one.Loop, () => TakesNone() || TakesNone());
    }

    [Fact]
    public async Task TryRent_RarelyUsed_TakesAnotherLoops()
    {
        var (one, other) = await ConnectOnEachLoopAsync();
        _pool.Return(other);

        await EventuallyAsync(one.Loop, () => _pool.TryRent() == other);
    }

    [Fact]
    public async Task TryRent_AsManyConnectionsAsCallsAllowed_TakesAnotherLoops()
    {
        var (one, other) = await ConnectOnEachLoopAsync();
        for (var call = 0; call < Limit; call++)
        {
            _address.Enter();
        }

        Assert.Same(other, await OnAsync(one.Loop, () =>
        {
            _pool.Return(other);
            return _pool.TryRent();
        }));
    }

    [Fact]
    public async Task TryRent_OnNoLoop_TakesTheLastUsedOfAll()
    {
        var (one, other) = await ConnectOnEachLoopAsync();
        _pool.Return(one);
        _pool.Return(other);

        Assert.Same(other, await Task.Run(_pool.TryRent, TestContext.Current.CancellationToken));
        Assert.Same(one, await Task.Run(_pool.TryRent, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task TryRent_ClosedByTheUpstream_TakesNone()
    {
        var connection = await ConnectAsync(_loops.Next());
        _pool.Return(connection);
        _accepted[0].Dispose();
        await EventuallyAsync(connection.Loop, () => !connection.IsQuiet(ask: true));

        Assert.Null(await OnAsync(connection.Loop, _pool.TryRent));
    }

    [Fact]
    public async Task Return_AddressIsGone_KeepsNone()
    {
        var connection = await ConnectAsync(_loops.Next());
        _address.Retire();
        _pool.Return(connection);

        Assert.Null(await OnAsync(connection.Loop, _pool.TryRent));
    }

    [Fact]
    public async Task CloseIdle_OnAllLoops_LeavesNone()
    {
        var (one, other) = await ConnectOnEachLoopAsync();
        _pool.Return(one);
        _pool.Return(other);
        _pool.CloseIdle();

        Assert.Null(await Task.Run(_pool.TryRent, TestContext.Current.CancellationToken));
        using var limit = new CancellationTokenSource(Patience);
        foreach (var socket in _accepted)
        {
            Assert.Equal(0, await socket.ReceiveAsync(new byte[1], limit.Token));
        }
    }

    private bool TakesNone()
    {
        if (_pool.TryRent() is not { } taken)
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
        var connecting = await OnAsync(loop, () => _pool.ConnectAsync(Patience).AsTask());
        _accepted.Add(await _listener.AcceptAsync(TestContext.Current.CancellationToken));
        var connection = await connecting.WaitAsync(Patience);
        Assert.Same(loop, connection.Loop);
        return connection;
    }

    private static async Task EventuallyAsync(EventLoop loop, Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!await OnAsync(loop, condition))
        {
            await Task.Delay(10, limit.Token);
        }
    }

    private static Task<T> OnAsync<T>(EventLoop loop, Func<T> work) => Task.Run(async () =>
    {
        using var listener = Listen();
        using var socket = await StreamSocket.ConnectAsync((IPEndPoint)listener.LocalEndPoint!, loop, Patience);
        using var peer = await listener.AcceptAsync();
        var working = WaitAndWorkAsync(socket, work);
        await peer.SendAsync(new byte[1]);
        return await working;
    });

    // What waits for a socket goes on on its loop.
    private static async Task<T> WaitAndWorkAsync<T>(StreamSocket socket, Func<T> work)
    {
        Assert.Equal(StreamSocket.WouldBlock, socket.Receive(new byte[1]));
        await socket.WaitReadableAsync();
        Assert.Same(socket.Loop, EventLoop.Current);
        return work();
    }

    private static Socket Listen()
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(64);
        return listener;
    }
}
