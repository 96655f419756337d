using ModelContextProtocol.Server;
using PyAirtable.Mcp.Protocol;
using PyAirtable.Mcp.Protocol.Streams;

namespace PyAirtable.Mcp.Tests.Protocol;

public sealed class SessionBookTests
{
    [Fact]
    public async Task Sweep_SessionWhoseStreamBrokeAfterLong_IsKeptForItsClientToComeBack()
    {
        var clock = new ManualTime();
        var replay = new ReplayMemory(1 << 20, 100);
        using var book = new SessionBook(10, TimeSpan.FromMinutes(30), replay, clock);
        var session = new Session("a", 0, null, new McpServerOptions(), replay, clock);
        book.Add(session);
        var stream = session.Streams.OpenOwn()!;
        var reader = new EventReader(0, primes: false, static _ => ValueTask.CompletedTask);
        stream.TryRead(reader);
        clock.Advance(TimeSpan.FromHours(2));
        await book.SweepAsync();
        stream.Leave(reader);

        await book.SweepAsync();
        var soon = book.Count;
        clock.Advance(TimeSpan.FromMinutes(31));
        await book.SweepAsync();

        Assert.Equal((1, 0), (soon, book.Count));
    }
}
