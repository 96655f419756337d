using System.Net;

namespace PyAirtable.Mcp.Tests.Protocol.Streams;

/// <summary>Streams whose connection breaks, as clients of the protocol see them.</summary>
public sealed class ResumptionTests
{
    private const string Resumable = "2025-11-25";
    private const string Records = """{"name":"get_records","arguments":{"base_id":"appX","table_id":"tbl1"}}""";
    private const string Right = "X-API-Key: client-key";

    [Fact]
    public async Task Call_WhoseConnectionBreaks_GoesOnAndIsAnsweredToTheNextOne()
    {
        await using var host = await McpHost.StartAsync();
        var may = new TaskCompletionSource();
        host.Airtable.Before = (_, cancel) => may.Task.WaitAsync(cancel);
        var client = await RpcClient.OpenAsync(host, version: Resumable);
        string id;
        using (var first = new EventClient(await CallAsync(client, 7)))
        {
            Assert.Null(await first.NextAsync());
            id = first.LastId;
        }
        await Eventually.TrueAsync(() => !host.Airtable.Seen.IsEmpty);

        using var second = await ReadAsync(host, client, id);
        may.SetResult();
        var answer = await second.MessageAsync();

        Assert.Equal(200, second.Status);
        Assert.Equal(7, (int)answer["id"]!);
        Assert.Single(answer["result"]!["structuredContent"]!["records"]!.AsArray());
        Assert.Equal(0, host.Airtable.Aborted);
        await Assert.ThrowsAsync<EndOfStreamException>(second.NextAsync);
    }

    [Fact]
    public async Task Answer_ThatWasSentBefore_IsReplayedFromTheNamedEventOn()
    {
        await using var host = await McpHost.StartAsync();
        var client = await RpcClient.OpenAsync(host, version: Resumable);
        using var first = new EventClient(await client.PostAsync("""{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"list_tables","arguments":{"base_id":"appX"},"_meta":{"progressToken":"p"}}}"""));
        await first.NextAsync();
        var start = first.LastId;
        var progress = await first.MessageAsync();
        var afterProgress = first.LastId;
        var rest = new List<string> { (await first.MessageAsync()).ToJsonString(), (await first.MessageAsync()).ToJsonString() };
        var end = first.LastId;
        await Assert.ThrowsAsync<EndOfStreamException>(first.NextAsync);

        // One after the other: who comes takes the stream from who reads.
        using var all = await ReadAsync(host, client, start);
        Assert.Equal(progress.ToJsonString(), (await all.MessageAsync()).ToJsonString());
        Assert.Equal(rest, [(await all.MessageAsync()).ToJsonString(), (await all.MessageAsync()).ToJsonString()]);
        using var some = await ReadAsync(host, client, afterProgress);
        Assert.Equal(rest, [(await some.MessageAsync()).ToJsonString(), (await some.MessageAsync()).ToJsonString()]);
        using var none = await ReadAsync(host, client, end);
        Assert.Equal(204, none.Status);
    }

    [Fact]
    public async Task Notice_ThatWasMissed_IsReplayed()
    {
        await using var host = await McpHost.StartAsync(python: true);
        host.Python!.Tools = """[{"name":"extra","description":"more","inputSchema":{"type":"object"}}]""";
        var client = await RpcClient.OpenAsync(host, version: Resumable);
        string id;
        using (var first = await ReadAsync(host, client))
        {
            Assert.Null(await first.NextAsync());
            id = first.LastId;
        }
        await client.AskAsync("tools/list");

        using var second = await ReadAsync(host, client, id);

        Assert.Equal("notifications/tools/list_changed", (string)(await second.MessageAsync())["method"]!);
    }

    [Fact]
    public async Task Cancelled_ACallUnderWay_EndsItsStreamAndTheCallOfAirtable()
    {
        await using var host = await McpHost.StartAsync();
        host.Airtable.Before = static (_, cancel) => Task.Delay(Timeout.Infinite, cancel);
        var client = await RpcClient.OpenAsync(host, version: Resumable);
        using var call = new EventClient(await CallAsync(client, 99));
        await call.NextAsync();
        await Eventually.TrueAsync(() => !host.Airtable.Seen.IsEmpty);

        using var told = await client.PostAsync("""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":99}}""");

        await Assert.ThrowsAsync<EndOfStreamException>(call.NextAsync);
        await Eventually.TrueAsync(() => host.Airtable.Aborted == 1);
        using var again = await ReadAsync(host, client, call.LastId);
        Assert.Contains(again.Status, (int[])[204, 400]);
    }

    [Fact]
    public async Task Session_Ended_AbortsCallsWhoseConnectionBroke()
    {
        await using var host = await McpHost.StartAsync();
        host.Airtable.Before = static (_, cancel) => Task.Delay(Timeout.Infinite, cancel);
        var client = await RpcClient.OpenAsync(host, version: Resumable);
        using (var call = new EventClient(await CallAsync(client, 1)))
        {
            await call.NextAsync();
        }
        await Eventually.TrueAsync(() => !host.Airtable.Seen.IsEmpty);

        using var deleted = await host.SendAsync("DELETE", "/mcp", null, Right, $"Mcp-Session-Id: {client.Session}");

        await Eventually.TrueAsync(() => host.Airtable.Aborted == 1);
    }

    [Fact]
    public async Task Request_OfAnIdThatIsUnderWay_IsRefused()
    {
        await using var host = await McpHost.StartAsync();
        host.Airtable.Before = static (_, cancel) => Task.Delay(Timeout.Infinite, cancel);
        var client = await RpcClient.OpenAsync(host, version: Resumable);
        using var first = new EventClient(await CallAsync(client, 5));
        await first.NextAsync();

        using var second = await CallAsync(client, 5);

        Assert.Equal(HttpStatusCode.TooManyRequests, second.StatusCode);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("-1")]
    [InlineData("1-")]
    [InlineData("0x1-2")]
    [InlineData("-1-1")]
    [InlineData("1 -1")]
    [InlineData("1-99999999999999999999")]
    [InlineData("1-1-1")]
    [InlineData("77-0")]
    [InlineData("0-5")]
    [InlineData("1-50")]
    [InlineData("../../etc/passwd")]
    public async Task LastEventId_ThatNamesNothing_IsRefused(string id)
    {
        await using var host = await McpHost.StartAsync();
        var client = await RpcClient.OpenAsync(host, version: Resumable);

        using var answer = await ReadAsync(host, client, id);

        Assert.Equal(400, answer.Status);
    }

    [Fact]
    public async Task LastEventId_Enormous_IsRefused()
    {
        await using var host = await McpHost.StartAsync();
        var client = await RpcClient.OpenAsync(host, version: Resumable);

        using var answer = await ReadAsync(host, client, $"1-{new string('1', 16_000)}");

        Assert.Equal(400, answer.Status);
    }

    [Fact]
    public async Task LastEventId_OfAnotherKeysSession_IsNotServed()
    {
        await using var host = await McpHost.StartAsync(settings: ("API_KEYS", "second-key"));
        var first = await RpcClient.OpenAsync(host, version: Resumable);
        using var call = new EventClient(await CallAsync(first, 1));
        await call.NextAsync();
        var other = await RpcClient.OpenAsync(host, "second-key", Resumable);

        using var ofForeignSession = await host.SendAsync("GET", "/mcp", null, "Accept: text/event-stream", "X-API-Key: second-key", $"Mcp-Session-Id: {first.Session}", $"Last-Event-ID: {call.LastId}");
        using var ofOwnSession = await host.SendAsync("GET", "/mcp", null, "Accept: text/event-stream", "X-API-Key: second-key", $"Mcp-Session-Id: {other.Session}", $"Last-Event-ID: {call.LastId}");

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.BadRequest), (ofForeignSession.StatusCode, ofOwnSession.StatusCode));
    }

    [Fact]
    public async Task Memory_None_EndsCallsWithTheirConnections()
    {
        await using var host = await McpHost.StartAsync(settings: ("MCP_REPLAY_MEMORY", "0"));
        host.Airtable.Before = static (_, cancel) => Task.Delay(Timeout.Infinite, cancel);
        var client = await RpcClient.OpenAsync(host, version: Resumable);
        using var gone = new CancellationTokenSource();
        var call = client.PostAsync($$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{{Records}}}""", gone.Token);
        await Eventually.TrueAsync(() => !host.Airtable.Seen.IsEmpty);

        await gone.CancelAsync();

        await Eventually.TrueAsync(() => host.Airtable.Aborted == 1);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task Stream_Silent_CarriesCommentsOfOneTimer()
    {
        var clock = new ManualTime { TickRate = 100 };
        await using var host = await McpHost.StartAsync(clock: clock);
        var client = await RpcClient.OpenAsync(host);
        using var answer = await host.SendAsync("GET", "/mcp", null, "Accept: text/event-stream", Right, $"Mcp-Session-Id: {client.Session}");
        await using var body = await answer.Content.ReadAsStreamAsync();
        var read = new byte[3];
        var reading = body.ReadExactlyAsync(read).AsTask();

        await Eventually.TrueAsync(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(31));
            return reading.IsCompleted;
        });

        await reading;
        Assert.Equal(":\n\n"u8.ToArray(), read);
    }

    private static Task<HttpResponseMessage> CallAsync(RpcClient client, int id) =>
        client.PostAsync($$"""{"jsonrpc":"2.0","id":{{id}},"method":"tools/call","params":{{Records}}}""");

    private static async Task<EventClient> ReadAsync(McpHost host, RpcClient client, string? after = null)
    {
        string[] resumes = after is null ? [] : [$"Last-Event-ID: {after}"];
        return new EventClient(await host.SendAsync("GET", "/mcp", null, ["Accept: text/event-stream", Right, $"Mcp-Session-Id: {client.Session}", .. resumes]));
    }
}
