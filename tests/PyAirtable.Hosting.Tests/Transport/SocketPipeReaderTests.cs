using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Connections;

namespace PyAirtable.Hosting.Tests.Transport;

public sealed class SocketPipeReaderTests : IAsyncLifetime
{
    private ConnectedPair _pair = null!;

    private PipeReader Reader => _pair.Server.Transport.Input;

    public async ValueTask InitializeAsync() => _pair = await ConnectedPair.ConnectAsync();

    public ValueTask DisposeAsync() => _pair.DisposeAsync();

    [Fact]
    public async Task AdvanceTo_Part_LeavesTheRestForTheNextRead()
    {
        await _pair.Client.SendAsync("abcdef"u8.ToArray());
        var first = await ReadAsync();
        Assert.Equal("abcdef", Text(first));
        Reader.AdvanceTo(first.Buffer.GetPosition(2));

        var second = await ReadAsync();
        Assert.Equal("cdef", Text(second));
        Reader.AdvanceTo(second.Buffer.End);
    }

    [Fact]
    public async Task AdvanceTo_AllExamined_WaitsForMore()
    {
        await _pair.Client.SendAsync("abc"u8.ToArray());
        var first = await ReadAsync();
        Reader.AdvanceTo(first.Buffer.GetPosition(1), first.Buffer.End);
        Assert.False(Reader.TryRead(out _));
        var waiting = ReadAsync();
        await _pair.Client.SendAsync("def"u8.ToArray());

        var second = await waiting;
        Assert.Equal("bcdef", Text(second));
        Reader.AdvanceTo(second.Buffer.End);
    }

    [Fact]
    public async Task CancelPendingRead_WhileWaiting_EndsTheRead()
    {
        var waiting = ReadAsync();
        Reader.CancelPendingRead();
        var cancelled = await waiting;
        Assert.True(cancelled.IsCanceled);
        Reader.AdvanceTo(cancelled.Buffer.Start);

        await _pair.Client.SendAsync("abc"u8.ToArray());
        var next = await ReadAsync();
        Assert.Equal("abc", Text(next));
        Reader.AdvanceTo(next.Buffer.End);
    }

    [Fact]
    public async Task CancelPendingRead_BeforeTheRead_EndsTheNextOnly()
    {
        Reader.CancelPendingRead();
        var cancelled = await ReadAsync();
        Assert.True(cancelled.IsCanceled);
        Reader.AdvanceTo(cancelled.Buffer.Start);
        await _pair.Client.SendAsync("a"u8.ToArray());

        Assert.Equal("a", Text(await ReadAsync()));
    }

    [Fact]
    public async Task Read_Token_ThrowsWhenCancelled()
    {
        using var cancel = new CancellationTokenSource();
        var waiting = Reader.ReadAsync(cancel.Token).AsTask();
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(ConnectedPair.Patience));
    }

    [Fact]
    public async Task Read_FarMoreThanTheBuffer_GrowsAndKeepsAll()
    {
        var sent = new byte[1_000_000];
        new Random(1).NextBytes(sent);
        var sending = _pair.Client.SendAsync(sent);
        ReadResult read;
        while ((read = await ReadAsync()).Buffer.Length < sent.Length)
        {
            Reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
        await sending;

        Assert.Equal(sent, read.Buffer.ToArray());
        Reader.AdvanceTo(read.Buffer.End);
    }

    [Fact]
    public async Task Read_InPieces_KeepsAllInOrder()
    {
        var sent = new byte[3_000_000];
        new Random(2).NextBytes(sent);
        var sending = _pair.Client.SendAsync(sent);
        var got = new List<byte>();
        var random = new Random(3);
        while (got.Count < sent.Length)
        {
            var read = await ReadAsync();
            var taken = Math.Min(read.Buffer.Length, random.Next(0, 20_000));
            got.AddRange(read.Buffer.Slice(0, taken).ToArray());
            Reader.AdvanceTo(read.Buffer.GetPosition(taken), taken == 0 && read.Buffer.Length < 10_000 && got.Count + read.Buffer.Length < sent.Length ? read.Buffer.End : read.Buffer.GetPosition(taken));
        }
        await sending;

        Assert.Equal(sent, got);
    }

    [Fact]
    public async Task Read_AtTheEnd_GivesWhatIsLeftAndIsCompleted()
    {
        await _pair.Client.SendAsync("abc"u8.ToArray());
        _pair.Client.Shutdown(SocketShutdown.Send);
        ReadResult read;
        while (!(read = await ReadAsync()).IsCompleted)
        {
            Reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }

        Assert.Equal("abc", Text(read));
        Reader.AdvanceTo(read.Buffer.End);
        Assert.True((await ReadAsync()).IsCompleted);
    }

    [Fact]
    public async Task Read_Reset_Throws()
    {
        var waiting = ReadAsync();
        _pair.Client.LingerState = new LingerOption(true, 0);
        _pair.Client.Close();

        await Assert.ThrowsAsync<ConnectionResetException>(() => waiting);
        var closed = new TaskCompletionSource();
        await using var registration = _pair.Server.ConnectionClosed.Register(closed.SetResult);
        await closed.Task.WaitAsync(ConnectedPair.Patience);
    }

    private static string Text(ReadResult read) => Encoding.ASCII.GetString(read.Buffer);

    private Task<ReadResult> ReadAsync() => Reader.ReadAsync().AsTask().WaitAsync(ConnectedPair.Patience);
}
