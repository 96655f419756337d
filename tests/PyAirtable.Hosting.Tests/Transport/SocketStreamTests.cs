using System.Net.Sockets;
using PyAirtable.Hosting.Transport;

namespace PyAirtable.Hosting.Tests.Transport;

public sealed class SocketStreamTests
{
    [Fact]
    public async Task ReadAsync_OfWhatWasReceivedBefore_GivesItFirst()
    {
        await using var pair = await ConnectedPair.ConnectAsync();
        await pair.Client.SendAsync("headrest"u8.ToArray());
        var input = pair.Server.Transport.Input;
        var read = await input.ReadAtLeastAsync(8).AsTask().WaitAsync(ConnectedPair.Patience);
        input.AdvanceTo(read.Buffer.GetPosition(4));
        await using var stream = new SocketStream(pair.Server);

        var buffer = new byte[3];
        Assert.Equal(0, await stream.ReadAsync(Memory<byte>.Empty));
        Assert.Equal(3, await stream.ReadAsync(buffer));
        Assert.Equal("res"u8.ToArray(), buffer);
        Assert.Equal(1, await stream.ReadAsync(buffer));

        var next = stream.ReadAsync(buffer).AsTask();
        Assert.False(next.IsCompleted);
        await pair.Client.SendAsync("x"u8.ToArray());
        Assert.Equal(1, await next.WaitAsync(ConnectedPair.Patience));
    }

    [Fact]
    public async Task ReadAsync_OfNothing_WaitsUntilThereIsSomething()
    {
        await using var pair = await ConnectedPair.ConnectAsync();
        await using var stream = new SocketStream(pair.Server);
        var buffer = new byte[10];
        for (var i = 0; i < 5; i++)
        {
            // What the loop knew before may end the first wait at once.
            await pair.Client.SendAsync("abc"u8.ToArray());
            await stream.ReadExactlyAsync(buffer.AsMemory(0, 3)).AsTask().WaitAsync(ConnectedPair.Patience);
        }

        await pair.Client.SendAsync("abc"u8.ToArray());
        await stream.ReadAsync(Memory<byte>.Empty).AsTask().WaitAsync(ConnectedPair.Patience);
        Assert.Equal(3, await stream.ReadAsync(buffer).AsTask().WaitAsync(ConnectedPair.Patience));
        pair.Client.Shutdown(SocketShutdown.Send);
        Assert.Equal(0, await stream.ReadAsync(buffer).AsTask().WaitAsync(ConnectedPair.Patience));
    }

    [Fact]
    public async Task WriteAsync_OfMoreThanFits_SendsAllAsTheOtherSideReads()
    {
        await using var pair = await ConnectedPair.ConnectAsync(clientBuffer: 4096);
        await using var stream = new SocketStream(pair.Server);
        var sent = new byte[8 << 20];
        Random.Shared.NextBytes(sent);
        var writing = stream.WriteAsync(sent).AsTask();

        var got = new byte[sent.Length];
        for (var at = 0; at < got.Length;)
        {
            at += await pair.Client.ReceiveAsync(got.AsMemory(at)).AsTask().WaitAsync(ConnectedPair.Patience);
        }
        await writing.WaitAsync(ConnectedPair.Patience);
        Assert.Equal(sent, got);
    }

    [Fact]
    public async Task Dispose_WhileBothWait_EndsBoth()
    {
        await using var pair = await ConnectedPair.ConnectAsync(clientBuffer: 4096);
        var stream = new SocketStream(pair.Server);
        var reading = stream.ReadAsync(new byte[10]).AsTask();
        var writing = stream.WriteAsync(new byte[64 << 20]).AsTask();
        Assert.False(reading.IsCompleted || writing.IsCompleted);

        await stream.DisposeAsync();

        Assert.Equal(0, await reading.WaitAsync(ConnectedPair.Patience));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => writing.WaitAsync(ConnectedPair.Patience));
    }

    [Fact]
    public async Task Dispose_ThenTheConnectionsToo_NothingReachesAnotherSocket()
    {
        await using var pair = await ConnectedPair.ConnectAsync();
        var stream = new SocketStream(pair.Server);
        await stream.DisposeAsync();
        await pair.Server.DisposeAsync();

        Assert.Equal(0, await stream.ReadAsync(new byte[10]));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => stream.WriteAsync(new byte[10]).AsTask());
    }

    [Fact]
    public async Task Reset_IsAFault()
    {
        await using var pair = await ConnectedPair.ConnectAsync();
        await using var stream = new SocketStream(pair.Server);
        var reading = stream.ReadAsync(new byte[10]).AsTask();

        pair.Client.LingerState = new LingerOption(true, 0);
        pair.Client.Close();

        await Assert.ThrowsAsync<TransportException>(() => reading.WaitAsync(ConnectedPair.Patience));
    }
}
