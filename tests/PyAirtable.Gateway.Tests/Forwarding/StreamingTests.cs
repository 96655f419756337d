using PyAirtable.Gateway.Tests.Wire;

namespace PyAirtable.Gateway.Tests.Forwarding;

/// <summary>Bodies pass as they come, in both directions.</summary>
public sealed class StreamingTests
{
    private const string Path = "/api/llm/x";

    [Theory]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n", "9\r\ndata: 1\n\n\r\n", "9\r\ndata: 2\n\n\r\n", "0\r\n\r\n")]
    [InlineData("Content-Length: 18\r\n\r\n", "data: 1\n\n", "data: 2\n\n", "")]
    [InlineData("\r\n", "data: 1\n\n", "data: 2\n\n", "")]
    public async Task Answer_InParts_ArrivesPartByPart(string framing, string first, string second, string last)
    {
        var (firstSeen, secondSeen) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var upstream = new FaultyUpstream(async connection =>
        {
            await connection.ReadAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n" + framing);
            await connection.SendAsync(first);
            await firstSeen.Task;
            await connection.SendAsync(second);
            await secondSeen.Task;
            await connection.SendAsync(last);
        });
        await using var gateway = await GatewayHost.StartAsync(upstream.Url, []);
        using var client = await WireConnection.ConnectAsync(gateway);

        // Each part is sent only once the client has the one before.
        await client.RequestAsync("GET", Path);
        var head = await client.ReadHeadAsync();
        var isChunked = head?.Header("Transfer-Encoding") is not null;
        var one = await ReadEventAsync(client, isChunked);
        firstSeen.SetResult();
        var two = await ReadEventAsync(client, isChunked);
        secondSeen.SetResult();

        Assert.Equal("text/event-stream", head?.Header("Content-Type"));
        Assert.Equal(("data: 1\n\n", "data: 2\n\n"), (one, two));
    }

    [Fact]
    public async Task Head_BeforeItsBody_ArrivesAtOnce()
    {
        var seen = new TaskCompletionSource();
        await using var upstream = new FaultyUpstream(async connection =>
        {
            await connection.ReadAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-A: 1\r\n\r\n");
            await seen.Task;
            await connection.SendAsync("{}");
        });
        await using var gateway = await GatewayHost.StartAsync(upstream.Url, []);
        using var client = await WireConnection.ConnectAsync(gateway);

        await client.RequestAsync("GET", Path);
        var head = await client.ReadHeadAsync();
        seen.SetResult();

        Assert.Equal("1", head?.Header("X-A"));
        Assert.Equal("{}", await client.ReadTextAsync(2));
    }

    [Theory]
    [InlineData("Transfer-Encoding: chunked\r\n", "5\r\nfirst\r\n", "6\r\nsecond\r\n0\r\n\r\n")]
    [InlineData("Content-Length: 11\r\n", "first", "second")]
    public async Task Request_InParts_GoesUpPartByPart(string framing, string first, string second)
    {
        var firstSeen = new TaskCompletionSource();
        await using var upstream = new FaultyUpstream(async connection =>
        {
            var head = (await connection.ReadHeadAsync())!;
            var isChunked = head.Header("Transfer-Encoding") is not null;
            var one = await ReadPartAsync(connection, 5, isChunked);
            firstSeen.SetResult();
            var two = await ReadPartAsync(connection, 6, isChunked);
            await connection.SendAsync(FaultyUpstream.Reply($"{one}+{two}"));
        });
        await using var gateway = await GatewayHost.StartAsync(upstream.Url, []);
        using var client = await WireConnection.ConnectAsync(gateway);

        await client.RequestAsync("POST", Path, framing);
        await client.SendAsync(first);
        await firstSeen.Task.WaitAsync(WireConnection.Patience, TestContext.Current.CancellationToken);
        await client.SendAsync(second);
        var answer = await client.ReadAsync();

        Assert.Equal("first+second", answer?.Body);
    }

    [Fact]
    public async Task BothBodies_AtOnce_PassTogether()
    {
        // An echo: each part of the answer depends on one of the request.
        await using var upstream = new FaultyUpstream(static async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 30\r\n\r\n");
            for (var i = 0; i < 10; i++)
            {
                await connection.SendAsync(await connection.ReadTextAsync(3));
            }
        });
        await using var gateway = await GatewayHost.StartAsync(upstream.Url, []);
        using var client = await WireConnection.ConnectAsync(gateway);

        await client.RequestAsync("POST", Path, "Content-Length: 30\r\n");
        await client.SendAsync("a0,");
        var head = await client.ReadHeadAsync();
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal($"a{i},", await client.ReadTextAsync(3));
            await client.SendAsync(i < 9 ? $"a{i + 1}," : "");
        }
        Assert.Equal(200, head?.Status);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 7\r\n\r\n{\"a\":1}")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\n{\"a\r\n4\r\n\":1}\r\n0\r\nX-T: 1\r\n\r\n")]
    [InlineData("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n{\"a\":1}")]
    public async Task Answer_ByteByByte_ArrivesWhole(string bytes)
    {
        await using var upstream = new FaultyUpstream(async connection =>
        {
            while (await connection.ReadAsync() is not null)
            {
                foreach (var one in bytes)
                {
                    await connection.SendAsync(one.ToString());
                }
            }
        });
        await using var gateway = await GatewayHost.StartAsync(upstream.Url, []);
        using var client = await WireConnection.ConnectAsync(gateway);

        foreach (var path in (string[])[Path, "/api/airtable/x", Path])
        {
            var answer = await client.AskAsync("GET", path);
            Assert.Equal("{\"a\":1}", answer?.Body);
            Assert.True(answer?.IsWhole);
        }
    }

    [Fact]
    public async Task Request_ByteByByte_GoesUpWhole()
    {
        await using var upstream = new FaultyUpstream(static async connection =>
        {
            while (await connection.ReadAsync() is { } request)
            {
                await connection.SendAsync(FaultyUpstream.Reply(request.Body));
            }
        });
        await using var gateway = await GatewayHost.StartAsync(upstream.Url, []);
        using var client = await WireConnection.ConnectAsync(gateway);

        foreach (var one in $"POST {Path} HTTP/1.1\r\nHost: x\r\nX-API-Key: {GatewayHost.Key}\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n")
        {
            await client.SendAsync(one.ToString());
        }
        var answer = await client.ReadAsync();

        Assert.Equal("abcdefg", answer?.Body);
    }

    [Fact]
    public async Task Head_ThatNeverEnds_TimesOut()
    {
        await using var upstream = new FaultyUpstream(static async connection =>
        {
            await connection.ReadAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\nX-A: ");
            while (true)
            {
                await connection.SendAsync("a");
                await Task.Delay(100);
            }
        });
        await using var gateway = await GatewayHost.StartAsync(upstream.Url, [("PROXY_TIMEOUT_SECONDS", "1")]);
        using var client = await WireConnection.ConnectAsync(gateway);

        var prefix = await client.AskAsync("GET", Path);
        var python = await client.AskAsync("GET", "/api/airtable/x");

        Assert.Equal(500, prefix?.Status);
        Assert.Contains("\"error\":\"timeout\"", prefix?.Body, StringComparison.Ordinal);
        Assert.Equal("{\"detail\":\"Upstream request timed out\"}", python?.Body);
    }

    private static async Task<string> ReadEventAsync(WireConnection client, bool isChunked)
    {
        if (!isChunked)
        {
            return await client.ReadTextAsync(9);
        }
        Assert.Equal("9", await client.ReadLineAsync());
        var text = await client.ReadTextAsync(9);
        Assert.Equal("", await client.ReadLineAsync());
        return text;
    }

    private static async Task<string> ReadPartAsync(WireConnection upstream, int length, bool isChunked)
    {
        if (isChunked)
        {
            await upstream.ReadLineAsync();
        }
        var text = await upstream.ReadTextAsync(length);
        if (isChunked)
        {
            await upstream.ReadLineAsync();
        }
        return text;
    }
}
