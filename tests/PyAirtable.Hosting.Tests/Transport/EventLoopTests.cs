using System.Net;
using System.Net.Sockets;
using PyAirtable.Hosting.Transport;

namespace PyAirtable.Hosting.Tests.Transport;

public sealed class EventLoopTests
{
    [Fact]
    public async Task Deadline_Passed_EndsBothDirections()
    {
        await using var pair = await ConnectedPair.ConnectAsync();
        var reading = pair.Server.Transport.Input.ReadAsync().AsTask();
        pair.Server.Socket.SetDeadline(Environment.TickCount64 + 1);

        await Assert.ThrowsAsync<TimeoutException>(() => reading.WaitAsync(ConnectedPair.Patience));
        Assert.Throws<TimeoutException>(() => pair.Server.Socket.Send("a"u8));
    }

    [Fact]
    public async Task Deadline_TakenBack_DoesNotEndIt()
    {
        await using var pair = await ConnectedPair.ConnectAsync();
        await using var other = await ConnectedPair.ConnectAsync();
        pair.Server.Socket.SetDeadline(Environment.TickCount64 + 50);
        pair.Server.Socket.SetDeadline(0);
        var reading = other.Server.Transport.Input.ReadAsync().AsTask();
        other.Server.Socket.SetDeadline(Environment.TickCount64 + 300);
        await Assert.ThrowsAsync<TimeoutException>(() => reading.WaitAsync(ConnectedPair.Patience));

        Assert.Equal(1, pair.Server.Socket.Send("a"u8));
    }

    [Fact]
    public async Task Leaving_ALoop_GoesOnElsewhere()
    {
        await using var pair = await ConnectedPair.ConnectAsync();
        var reading = ReadAsync();
        await pair.Client.SendAsync("a"u8.ToArray());

        var (before, after) = await reading.WaitAsync(ConnectedPair.Patience);

        Assert.Equal(pair.Server.Socket.Loop, before);
        Assert.Null(after);

        async Task<(EventLoop? Before, EventLoop? After)> ReadAsync()
        {
            await pair.Server.Transport.Input.ReadAsync();
            var before = EventLoop.Current;
            await EventLoops.LeaveAsync();
            return (before, EventLoop.Current);
        }
    }

    [Fact]
    public async Task Leaving_WhereThereIsNoLoop_GoesOnAtOnce()
    {
        // A test begins wherever the one before it ended, which may be on a loop.
        Assert.True(await Task.Run(() => EventLoops.LeaveAsync().AsTask().IsCompletedSuccessfully));
    }

    [Fact]
    public async Task Slots_OfClosedSockets_AreUsedAgain()
    {
        await using var loops = new EventLoops(1);
        using var listener = Listen();
        for (var i = 0; i < 500; i++)
        {
            using var socket = await ConnectAsync(listener, loops);
            using var accepted = await listener.AcceptAsync();
            // One slot is enough for one socket at a time.
            Assert.Equal(0, socket.Slot);
        }
    }

    [Fact]
    public async Task News_OfAClosedSocket_DoNotReachTheNextInItsSlot()
    {
        await using var loops = new EventLoops(1);
        using var listener = Listen();
        for (var i = 0; i < 200; i++)
        {
            var first = await ConnectAsync(listener, loops);
            using var firstPeer = await listener.AcceptAsync();
            await firstPeer.SendAsync("a"u8.ToArray());
            firstPeer.Close();
            var generation = first.Generation;
            first.Dispose();

            using var second = await ConnectAsync(listener, loops);
            using var secondPeer = await listener.AcceptAsync();
            Assert.NotEqual(generation, second.Generation);
            Assert.True(second.IsQuiet(ask: true));
        }
    }

    [Fact]
    public async Task Connect_NobodyListens_Throws()
    {
        await using var loops = new EventLoops(1);
        IPEndPoint address;
        using (var listener = Listen())
        {
            address = (IPEndPoint)listener.LocalEndPoint!;
        }
        await Assert.ThrowsAsync<TransportException>(async () => await StreamSocket.ConnectAsync(address, loops.Next(), ConnectedPair.Patience));
    }

    [Fact]
    public async Task Dispose_ClosesItsSockets()
    {
        using var listener = Listen();
        var loops = new EventLoops(1);
        await ConnectAsync(listener, loops);
        using var peer = await listener.AcceptAsync();
        await loops.DisposeAsync();

        using var limit = new CancellationTokenSource(ConnectedPair.Patience);
        Assert.Equal(0, await peer.ReceiveAsync(new byte[1], limit.Token));
    }

    private static ValueTask<StreamSocket> ConnectAsync(Socket listener, EventLoops loops) =>
        StreamSocket.ConnectAsync((IPEndPoint)listener.LocalEndPoint!, loops.Next(), ConnectedPair.Patience);

    private static Socket Listen()
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(16);
        return listener;
    }
}
