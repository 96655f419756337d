using PyAirtable.Gateway.Tests.Wire;

namespace PyAirtable.Gateway.Tests.Forwarding;

/// <summary>What is left on a kept connection, or has happened to it, never shows in another answer.</summary>
public sealed class ConnectionReuseTests
{
    private const string Poison = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 12\r\n\r\n{\"poison\":1}";
    private const string Prefix = "/api/llm/x";
    private const string Python = "/api/airtable/x";

    public static TheoryData<string, string, string, string> Surpluses => new()
    {
        { "more than the length", "GET", "200", "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n{\"a\":1}" },
        { "after the last chunk", "GET", "200", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7\r\n{\"a\":1}\r\n0\r\n\r\n" },
        { "after no body", "GET", "200", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n" },
        { "after 204", "GET", "204", "HTTP/1.1 204 No Content\r\n\r\n" },
        { "body of 204 with a length", "GET", "204", "HTTP/1.1 204 No Content\r\nContent-Length: 81\r\n\r\n" },
        { "chunked 204", "GET", "204", "HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n" },
        { "after 304", "GET", "304", "HTTP/1.1 304 Not Modified\r\nETag: \"a\"\r\n\r\n" },
        { "body of 304 with a length", "GET", "304", "HTTP/1.1 304 Not Modified\r\nContent-Length: 81\r\n\r\n" },
        { "body for HEAD", "HEAD", "200", "HTTP/1.1 200 OK\r\nContent-Length: 81\r\n\r\n" },
        { "chunks for HEAD", "HEAD", "200", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" },
        { "after both lengths", "GET", "200", "HTTP/1.1 200 OK\r\nContent-Length: 17\r\nTransfer-Encoding: chunked\r\n\r\n7\r\n{\"a\":1}\r\n0\r\n\r\n" },
        { "an empty line", "GET", "200", "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n{\"a\":1}\r\n" },
    };

    [Theory]
    [MemberData(nameof(Surpluses))]
    public async Task Surplus_AfterAnAnswer_IsNeverTheNextAnswer(string name, string method, string status, string answer)
    {
        Assert.NotEmpty(name);
        foreach (var together in (bool[])[true, false])
        {
            var connections = 0;
            var (due, sent) = (new TaskCompletionSource(), new TaskCompletionSource());
            await using var upstream = new FaultyUpstream(async connection =>
            {
                var first = Interlocked.Increment(ref connections) == 1;
                for (var request = 1; await connection.ReadAsync() is not null; request++)
                {
                    if (first && request == 1)
                    {
                        await connection.SendAsync(together ? answer + Poison : answer);
                        if (!together)
                        {
                            await due.Task;
                            await connection.SendAsync(Poison);
                        }
                        sent.TrySetResult();
                        continue;
                    }
                    await connection.SendAsync(FaultyUpstream.Reply("{\"own\":1}"));
                }
            });
            await using var gateway = await GatewayHost.StartAsync(upstream.Url, []);
            using var client = await WireConnection.ConnectAsync(gateway);

            var faulty = await client.AskAsync(method, Prefix);
            due.TrySetResult();
            await sent.Task.WaitAsync(WireConnection.Patience, TestContext.Current.CancellationToken);
            // What has arrived by now is what the gateway must notice.
            using var other = await WireConnection.ConnectAsync(gateway);
            var next = await other.AskAsync("GET", Prefix);
            var last = faulty is { IsWhole: true } && faulty.Header("Connection") is null ? await client.AskAsync("GET", Prefix) : next;

            Assert.True(faulty is null || faulty.Status is 502 || faulty.Start.Contains(status, StringComparison.Ordinal), faulty?.ToString());
            Assert.DoesNotContain("poison", faulty?.Body ?? "", StringComparison.Ordinal);
            Assert.Equal("{\"own\":1}", next?.Body);
            Assert.Equal("{\"own\":1}", last?.Body);
        }
    }

    [Theory]
    [InlineData(Prefix)]
    [InlineData(Python)]
    public async Task Answer_BeforeAnyRequest_IsNeverUsed(string path)
    {
        await using var upstream = new FaultyUpstream(static async connection =>
        {
            await connection.ReadAsync();
            await connection.SendAsync(FaultyUpstream.Reply("{\"own\":1}") + Poison);
            await connection.ReadToEndAsync();
        });
        await using var gateway = await GatewayHost.StartAsync(upstream.Url, []);
        using var client = await WireConnection.ConnectAsync(gateway);

        for (var i = 0; i < 5; i++)
        {
            var answer = await client.AskAsync("GET", path);
            Assert.Equal("{\"own\":1}", answer?.Body);
        }
        Assert.Equal(5, upstream.Connections);
    }

    [Theory]
    [InlineData("GET", Prefix)]
    [InlineData("POST", Prefix)]
    [InlineData("GET", Python)]
    [InlineData("POST", Python)]
    public async Task Connection_ClosedWhileIdle_IsReplaced(string method, string path)
    {
        using var closed = new SemaphoreSlim(0);
        await using var upstream = new FaultyUpstream(async connection =>
        {
            await connection.ReadAsync();
            await connection.SendAsync(FaultyUpstream.Reply("{\"own\":1}"));
            connection.Dispose();
            closed.Release();
        });
        await using var gateway = await GatewayHost.StartAsync(upstream.Url, []);
        using var client = await WireConnection.ConnectAsync(gateway);

        for (var i = 1; i <= 10; i++)
        {
            var answer = await client.AskAsync(method, path, body: method == "POST" ? "{}" : null);
            Assert.Equal("{\"own\":1}", answer?.Body);
            await closed.WaitAsync(TestContext.Current.CancellationToken);
        }
        Assert.Equal(10, upstream.Connections);
    }

    [Theory]
    [InlineData("GET", Prefix, 200, false)]
    [InlineData("GET", Prefix, 200, true)]
    [InlineData("GET", Python, 200, false)]
    [InlineData("HEAD", Prefix, 200, false)]
    [InlineData("POST", Prefix, 500, false)]
    [InlineData("POST", Prefix, 500, true)]
    [InlineData("POST", Python, 500, false)]
    [InlineData("PATCH", Prefix, 500, false)]
    public async Task Connection_ClosedAtItsReuse_IsReplacedForWhatMayBeRepeated(string method, string path, int status, bool reset)
    {
        var seen = 0;
        var first = 0;
        await using var upstream = new FaultyUpstream(async connection =>
        {
            for (var faulty = Interlocked.Exchange(ref first, 1) == 0; await connection.ReadAsync() is { } request;)
            {
                if (Interlocked.Increment(ref seen) > 1 && faulty)
                {
                    if (reset)
                    {
                        connection.Reset();
                    }
                    return;
                }
                await connection.SendAsync(FaultyUpstream.Reply(request.Method == "HEAD" ? "" : "{\"own\":1}"));
            }
        });
        await using var gateway = await GatewayHost.StartAsync(upstream.Url, []);
        using var client = await WireConnection.ConnectAsync(gateway);
        var body = method is "GET" or "HEAD" ? null : "{}";

        await client.AskAsync(method, path, body: body);
        var answer = await client.AskAsync(method, path, body: body);

        Assert.Equal(status, answer?.Status);
        Assert.Equal(status == 200 ? 3 : 2, seen);
    }

    [Theory]
    [InlineData("Connection: close\r\n")]
    [InlineData("Connection: Close, X-A\r\n")]
    [InlineData("Connection: X-A\r\nConnection: close\r\n")]
    public async Task Connection_ToBeClosed_IsNotUsedAgain(string headers)
    {
        // It stays open, so only the header tells.
        await using var upstream = new FaultyUpstream(async connection =>
        {
            await connection.ReadAsync();
            await connection.SendAsync(FaultyUpstream.Reply("{\"own\":1}", headers));
            await connection.ReadToEndAsync();
        });
        await using var gateway = await GatewayHost.StartAsync(upstream.Url, []);
        using var client = await WireConnection.ConnectAsync(gateway);

        var answers = new[] { await client.AskAsync("GET", Prefix), await client.AskAsync("GET", Prefix), await client.AskAsync("GET", Python) };

        Assert.All(answers, static answer => Assert.Equal("{\"own\":1}", answer?.Body));
        Assert.DoesNotContain("close", answers[0]?.Header("Connection") ?? "", StringComparison.OrdinalIgnoreCase);
        Assert.Equal(3, upstream.Connections);
    }

    [Fact]
    public async Task Connection_KeptAlive_IsUsedAgain()
    {
        await using var upstream = FaultyUpstream.Saying(FaultyUpstream.Reply("{\"own\":1}", "Keep-Alive: timeout=60\r\n"));
        await using var gateway = await GatewayHost.StartAsync(upstream.Url, []);
        using var client = await WireConnection.ConnectAsync(gateway);

        for (var i = 0; i < 20; i++)
        {
            var answer = await client.AskAsync("POST", Prefix, body: "{}");
            Assert.Equal("{\"own\":1}", answer?.Body);
            Assert.Null(answer?.Header("Keep-Alive"));
        }
        Assert.Equal(1, upstream.Connections);
    }
}
