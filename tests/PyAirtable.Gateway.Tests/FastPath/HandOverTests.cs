using PyAirtable.Gateway.Tests.Wire;

namespace PyAirtable.Gateway.Tests.FastPath;

public sealed class HandOverTests
{
    private const string Request = $"GET /api/llm/x HTTP/1.1\r\nHost: gateway\r\nX-API-Key: {GatewayHost.Key}\r\n\r\n";
    private const string Health = "GET /health HTTP/1.1\r\nHost: gateway\r\n\r\n";

    [Fact]
    public async Task Request_ByteByByte_IsAnswered()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var client = await WireConnection.ConnectAsync(gateway.Host);
        foreach (var one in Request)
        {
            await client.SendAsync(one.ToString());
        }

        Assert.Equal(200, (await client.ReadFinalAsync())!.Status);
    }

    [Fact]
    public async Task Body_ByteByByte_Arrives()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var client = await WireConnection.ConnectAsync(gateway.Host);
        foreach (var one in Request.Replace("GET", "POST", StringComparison.Ordinal)[..^2] + "Content-Length: 20\r\n\r\nabcdefghijklmnopqrst")
        {
            await client.SendAsync(one.ToString());
        }

        Assert.Equal(200, (await client.ReadFinalAsync())!.Status);
        Assert.Equal("abcdefghijklmnopqrst"u8.ToArray(), gateway.Stub.Last.Body);
    }

    [Fact]
    public async Task Requests_UsualAndUnusualInOnePiece_AreAnsweredInTheirOrder()
    {
        await using var gateway = await GatewayHost.StartAsync();
        gateway.Stub.Answer = static request => StubUpstream.Reply("200 OK", $"\"{request.Target}\"");
        using var client = await WireConnection.ConnectAsync(gateway.Host);
        string Of(string path) => Request.Replace("/x", path, StringComparison.Ordinal);
        await client.SendAsync(Of("/1") + Of("/2") + Health + Of("/3") + Of("/%34") + Of("/5"));

        var bodies = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            bodies.Add((await client.ReadFinalAsync())!.Body);
        }
        Assert.Equal(["\"/1\"", "\"/2\"", "\"/3\"", "\"/%34\"", "\"/5\""], bodies.Where((_, i) => i != 2));
        Assert.Contains("healthy", bodies[2], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense\r\n\r\n")]
    [InlineData("\u0016\u0003\u0001\0\r\n\r\n")]
    [InlineData("GET /api/llm/x HTTP/1.1\nHost: a\n\n\r\n\r\n")]
    public async Task Request_ThenGarbage_IsAnsweredAndTheGarbageRefused(string garbage)
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var client = await WireConnection.ConnectAsync(gateway.Host);
        await client.SendAsync(Request + garbage);

        Assert.Equal(200, (await client.ReadFinalAsync())!.Status);
        Assert.Equal(400, (await client.ReadFinalAsync())!.Status);
        Assert.Empty(await client.ReadToEndAsync());
        Assert.Single(gateway.Stub.Seen, static seen => seen.Target == "/x");
    }

    [Fact]
    public async Task Expect_AfterAUsualRequest_IsAskedToGoOn()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var client = await WireConnection.ConnectAsync(gateway.Host);
        await client.SendAsync(Request + Request.Replace("GET", "POST", StringComparison.Ordinal)[..^2] + "Expect: 100-continue\r\nContent-Length: 3\r\n\r\n");
        Assert.Equal(200, (await client.ReadFinalAsync())!.Status);
        await client.SendAsync("abc");

        Assert.Equal(200, (await client.ReadFinalAsync())!.Status);
        Assert.Equal("abc"u8.ToArray(), gateway.Stub.Last.Body);
    }

    [Fact]
    public async Task Limit_Exhausted_IsTheServersAnswer()
    {
        await using var gateway = await GatewayHost.StartAsync(("RATE_LIMIT_RPM", "2"));
        using var client = await WireConnection.ConnectAsync(gateway.Host);
        var answers = new List<WireMessage?>();
        for (var i = 0; i < 3; i++)
        {
            answers.Add(await client.AskAsync("GET", "/api/llm/x"));
        }

        Assert.Equal([200, 200, 429], answers.Select(static answer => answer!.Status));
        Assert.Equal("{\"error\":\"Rate limit exceeded\"}", answers[2]!.Body);
        Assert.NotNull(answers[2]!.Header("Retry-After"));
    }

    [Fact]
    public async Task Failure_IsCountedOnceAndKeepsItsIds()
    {
        WireMessage? seen = null;
        await using var upstream = new FaultyUpstream(async connection => seen = await connection.ReadAsync() is { Target: "/x" } request ? request : seen);
        await using var gateway = await GatewayHost.StartAsync(upstream.Url, [("RATE_LIMIT_RPM", "100")]);
        using var client = await WireConnection.ConnectAsync(gateway);
        var first = await client.AskAsync("POST", "/api/llm/x", body: "a");

        Assert.Equal(500, first!.Status);
        Assert.Equal("99", first.Header("X-RateLimit-Remaining"));
        Assert.Equal(seen!.Header("X-Trace-ID"), first.Header("X-Trace-ID"));
        Assert.Equal(seen.Header("X-Request-ID"), first.Header("X-Request-ID"));

        // What comes next on the connection is another request.
        var second = await client.AskAsync("POST", "/api/llm/x", body: "a");
        Assert.Equal("98", second!.Header("X-RateLimit-Remaining"));
        Assert.NotEqual(first.Header("X-Trace-ID"), second.Header("X-Trace-ID"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Accept-Encoding: gzip\r\n")]
    public async Task BadChunks_Often_TakeNoPlaces(string headers)
    {
        await using var upstream = new FaultyUpstream(static async connection =>
        {
            var isBad = (await connection.ReadAsync())?.Target == "/bad";
            await connection.SendAsync(isBad ? "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\nabc\r\n" : FaultyUpstream.Reply("{}", "Connection: close\r\n"));
        });
        await using var gateway = await GatewayHost.StartAsync(upstream.Url, [("UPSTREAM_MAX_CONNECTIONS", "2"), ("UPSTREAM_MAX_WAITING", "0")]);
        for (var i = 0; i < 5; i++)
        {
            using var client = await WireConnection.ConnectAsync(gateway);
            Assert.Equal(502, (await client.AskAsync("GET", "/api/llm/bad", headers))?.Status);
        }

        using var last = await WireConnection.ConnectAsync(gateway);
        Assert.Equal(200, (await last.AskAsync("GET", "/api/llm/good", headers))?.Status);
    }
}
