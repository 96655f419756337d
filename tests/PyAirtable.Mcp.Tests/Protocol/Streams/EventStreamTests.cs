using System.Collections.Concurrent;
using System.Text;
using PyAirtable.Mcp.Protocol.Streams;

namespace PyAirtable.Mcp.Tests.Protocol.Streams;

public sealed class EventStreamTests
{
    private readonly ConcurrentQueue<string> _sent = new();
    private readonly ConcurrentQueue<int> _emptied = new();
    private readonly ManualTime _clock = new();

    [Fact]
    public async Task Add_WithAReader_IsSentWithItsIdInOrder()
    {
        var stream = Stream(new ReplayMemory(1 << 20, 100));
        Assert.True(stream.TryRead(Reader(0)));

        await stream.Add([Lines("data: a\n\n")], out _);
        await stream.Add([Lines("data: b\n\n")], out var id);

        Assert.Equal("3-2", id.ToString());
        Assert.Equal(["", "id: 3-1\ndata: a\n\n", "id: 3-2\ndata: b\n\n"], _sent);
    }

    [Fact]
    public async Task TryRead_AfterSomeEvents_SendsTheRestAndEndsWithTheStream()
    {
        var stream = Stream(new ReplayMemory(1 << 20, 100));
        _ = stream.Add([Lines("data: a\n\n")], out _);
        _ = stream.Add([Lines("data: b\n\n")], out _);
        stream.End();
        var reader = Reader(1, primes: true);

        Assert.True(stream.TryRead(reader));

        Assert.True(await reader.Finished);
        Assert.Equal(["id: 3-1\nretry: 1000\ndata: \n\n", "id: 3-2\ndata: b\n\n"], _sent);
    }

    [Fact]
    public async Task TryRead_ByAnother_EndsTheFirst()
    {
        var stream = Stream(new ReplayMemory(1 << 20, 100));
        var (first, second) = (Reader(0), Reader(0));
        stream.TryRead(first);

        stream.TryRead(second);

        Assert.False(await first.Finished);
        Assert.False(second.Finished.IsCompleted);
    }

    [Fact]
    public async Task Add_ReaderThatIsGone_IsKeptForTheNext()
    {
        var stream = Stream(new ReplayMemory(1 << 20, 100));
        var gone = new EventReader(0, primes: false, static _ => throw new IOException("gone"));
        stream.TryRead(gone);

        await stream.Add([Lines("data: a\n\n")], out _);

        Assert.False(await gone.Finished);
        Assert.False(stream.IsRead);
        Assert.True(stream.HasAllAfter(0));
    }

    [Theory]
    [InlineData(1 << 20, 2)]
    [InlineData(250, 100)]
    public async Task Add_MoreThanTheMemoryTakes_DropsTheOldestButSendsAll(int bytes, int events)
    {
        var stream = Stream(new ReplayMemory(bytes, events));
        stream.TryRead(Reader(0));
        for (var added = 0; added < 4; added++)
        {
            await stream.Add([Lines("data: a\n\n")], out _);
        }

        Assert.Equal(5, _sent.Count);
        Assert.Equal((false, true, true), (stream.HasAllAfter(1), stream.HasAllAfter(2), stream.HasAllAfter(4)));
        Assert.False(stream.TryRead(Reader(1)));
    }

    [Fact]
    public void Memory_OfAllSessions_DropsWhatIsOldestOfAny()
    {
        var all = new ReplayMemory(1 << 20, 2);
        var first = new EventStream(1, [new ReplayMemory(1 << 20, 100), all], _clock, stream => _emptied.Enqueue(stream.Number));
        var second = new EventStream(2, [new ReplayMemory(1 << 20, 100), all], _clock, static _ => { });
        _ = first.Add([Lines("data: a\n\n")], out _);
        first.End();
        _ = second.Add([Lines("data: a\n\n")], out _);

        _ = second.Add([Lines("data: a\n\n")], out _);

        Assert.Equal([1], _emptied);
        Assert.True(second.HasAllAfter(0));
    }

    [Fact]
    public void Memory_AfterAWhile_IsEmpty()
    {
        var memory = new ReplayMemory(1 << 20, 100);
        var stream = Stream(memory);
        _ = stream.Add([Lines("data: a\n\n")], out _);
        stream.End();
        var before = memory.Bytes;
        _clock.Advance(TimeSpan.FromSeconds(1));

        memory.DropBefore(_clock.GetTimestamp());

        Assert.True(before > 0);
        Assert.Equal(0, memory.Bytes);
        Assert.Equal([3], _emptied);
    }

    [Fact]
    public async Task End_Twice_AddsNothingMore()
    {
        var stream = Stream(new ReplayMemory(1 << 20, 100));
        await stream.Add([Lines("data: a\n\n")], out var last);
        stream.End();
        stream.End();

        await stream.Add([Lines("data: late\n\n")], out var late);

        Assert.Equal(last, late);
        Assert.True(stream.IsOver(last));
        Assert.False(stream.IsOver(new EventId(3, 0)));
    }

    [Fact]
    public async Task OwnMessages_SomeOfThemNoLongerKept_AreReplayedAsFarAsTheyAre()
    {
        var stream = new EventStream(0, [new ReplayMemory(1 << 20, 1)], _clock, static _ => { });
        await stream.Add([Lines("data: a\n\n")], out _);
        await stream.Add([Lines("data: b\n\n")], out _);

        Assert.True(stream.TryRead(Reader(0)));

        await Eventually.TrueAsync(() => _sent.Count == 2);
        Assert.Equal("id: 0-2\ndata: b\n\n", _sent.Last());
    }

    private EventStream Stream(ReplayMemory memory) => new(3, [memory], _clock, stream => _emptied.Enqueue(stream.Number));

    private EventReader Reader(int seen, bool primes = false) => new(seen, primes, bytes =>
    {
        _sent.Enqueue(Encoding.UTF8.GetString(bytes.Span));
        return ValueTask.CompletedTask;
    });

    private static ReadOnlyMemory<byte> Lines(string text) => Encoding.ASCII.GetBytes(text);
}
