using System.Net.Sockets;

namespace PyAirtable.Hosting.Tests.Transport;

public sealed class SocketPipeWriterTests
{
    [Fact]
    public async Task Flush_SeveralWrites_ArriveInOrder()
    {
        await using var pair = await ConnectedPair.ConnectAsync();
        var writer = pair.Server.Transport.Output;
        for (var i = 0; i < 1000; i++)
        {
            writer.GetSpan(1)[0] = (byte)i;
            writer.Advance(1);
        }
        Assert.Equal(1000, writer.UnflushedBytes);
        await writer.FlushAsync();

        Assert.Equal(0, writer.UnflushedBytes);
        Assert.Equal(Enumerable.Range(0, 1000).Select(static i => (byte)i), await ReceiveAsync(pair.Client, 1000));
    }

    [Fact]
    public async Task Flush_SlowReader_WaitsAndKeepsAllBytes()
    {
        await using var pair = await ConnectedPair.ConnectAsync(clientBuffer: 4096);
        var sent = new byte[10_000_000];
        new Random(1).NextBytes(sent);
        var writing = pair.Server.Transport.Output.WriteAsync(sent).AsTask();
        Assert.False(writing.IsCompleted);

        Assert.Equal(sent, await ReceiveAsync(pair.Client, sent.Length));
        Assert.False((await writing.WaitAsync(ConnectedPair.Patience)).IsCompleted);
    }

    [Fact]
    public async Task CancelPendingFlush_WhileWaiting_EndsTheFlushAndKeepsTheRest()
    {
        await using var pair = await ConnectedPair.ConnectAsync(clientBuffer: 4096);
        var writer = pair.Server.Transport.Output;
        var sent = new byte[10_000_000];
        new Random(1).NextBytes(sent);
        var writing = writer.WriteAsync(sent).AsTask();
        writer.CancelPendingFlush();
        Assert.True((await writing.WaitAsync(ConnectedPair.Patience)).IsCanceled);

        var rest = writer.FlushAsync().AsTask();
        Assert.Equal(sent, await ReceiveAsync(pair.Client, sent.Length));
        await rest.WaitAsync(ConnectedPair.Patience);
    }

    [Fact]
    public async Task Flush_ClientGone_IsCompletedAndThrowsNothing()
    {
        await using var pair = await ConnectedPair.ConnectAsync();
        pair.Client.LingerState = new LingerOption(true, 0);
        pair.Client.Close();
        var writer = pair.Server.Transport.Output;
        while (!(await writer.WriteAsync(new byte[1000]).AsTask().WaitAsync(ConnectedPair.Patience)).IsCompleted)
        {
            await Task.Yield();
        }
        Assert.True((await writer.WriteAsync(new byte[1000])).IsCompleted);
    }

    [Fact]
    public async Task Dispose_WithBytesLeft_SendsThem()
    {
        await using var pair = await ConnectedPair.ConnectAsync();
        var writer = pair.Server.Transport.Output;
        "abc"u8.CopyTo(writer.GetSpan(3));
        writer.Advance(3);
        await pair.Server.DisposeAsync();

        Assert.Equal("abc"u8.ToArray(), await ReceiveAsync(pair.Client, 3));
        Assert.Equal(0, await pair.Client.ReceiveAsync(new byte[1]));
    }

    private static async Task<byte[]> ReceiveAsync(Socket socket, int count)
    {
        using var limit = new CancellationTokenSource(ConnectedPair.Patience);
        var bytes = new byte[count];
        for (var got = 0; got < count;)
        {
            var more = await socket.ReceiveAsync(bytes.AsMemory(got), limit.Token);
            Assert.NotEqual(0, more);
            got += more;
        }
        return bytes;
    }
}
