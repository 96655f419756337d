using System.Text.Json;
using PyAirtable.Gateway.Tests.Wire;
using PyAirtable.Testing;

namespace PyAirtable.Gateway.Tests.Upstreams;

/// <summary>The policies at work, over real sockets.</summary>
public sealed class ResilienceTests
{
    private const string KeyHeader = "X-API-Key: " + GatewayHost.Key;

    private static readonly byte[] Unavailable = StubUpstream.Reply("503 Service Unavailable", "{\"from\":\"upstream\"}");

    [Theory]
    [InlineData("/api/airtable/x", "airtable-gateway", "{\"detail\":\"airtable-gateway is not available at the moment\"}")]
    [InlineData("/api/llm/x", "llm-orchestrator", "{\"error\":\"llm-orchestrator is not available at the moment\"")]
    public async Task Circuit_AfterTwentyUnavailable_OpensForThisUpstreamAlone(string path, string upstream, string expected)
    {
        await using var ill = new StubUpstream { Answer = static _ => Unavailable };
        await using var gateway = await GatewayHost.StartAsync(("AIRTABLE_GATEWAY_URL", ill.Url), ("LLM_ORCHESTRATOR_URL", ill.Url), ("CIRCUIT_BREAKER_PAUSE", "1s"));
        for (var i = 0; i < 20; i++)
        {
            using var passed = await gateway.SendAsync("GET", path, null, KeyHeader);
            Assert.Equal(503, (int)passed.StatusCode);
            Assert.Null(passed.Header("Retry-After"));
        }

        using var refused = await gateway.SendAsync("GET", path, null, KeyHeader);
        using var other = await gateway.SendAsync("GET", "/api/mcp/x", null, KeyHeader);
        var metrics = await gateway.Client.GetStringAsync("/metrics", TestContext.Current.CancellationToken);

        Assert.Equal(503, (int)refused.StatusCode);
        Assert.Equal("1", refused.Header("Retry-After"));
        Assert.StartsWith(expected, await refused.TextAsync(), StringComparison.Ordinal);
        Assert.Equal(200, (int)other.StatusCode);
        Assert.Contains($"pyairtable_upstream_circuit_state{{upstream=\"{upstream}\"}} 2", metrics, StringComparison.Ordinal);
        Assert.Contains("pyairtable_upstream_circuit_state{upstream=\"mcp-server\"} 0", metrics, StringComparison.Ordinal);
        Assert.Contains($"pyairtable_upstream_refused_total{{upstream=\"{upstream}\",reason=\"circuit\"}} 1", metrics, StringComparison.Ordinal);

        ill.Answer = static _ => StubUpstream.Reply("200 OK", "{}");
        await Eventually.TrueAsync(async () =>
        {
            using var healed = await gateway.SendAsync("GET", path, null, KeyHeader);
            return (int)healed.StatusCode == 200;
        });
        using var closed = await gateway.SendAsync("GET", path, null, KeyHeader);
        Assert.Equal(200, (int)closed.StatusCode);
    }

    [Fact]
    public async Task Circuit_WhenNothingListens_OpensAndHealthStillAsks()
    {
        await using var gateway = await GatewayHost.StartAsync(("AIRTABLE_GATEWAY_URL", $"http://127.0.0.1:{FreePort.Next()}"));
        for (var i = 0; i < 20; i++)
        {
            using var failed = await gateway.SendAsync("GET", "/api/airtable/x", null, KeyHeader);
            Assert.Equal("{\"detail\":\"All connection attempts failed\"}", await failed.TextAsync());
        }

        using var refused = await gateway.SendAsync("GET", "/api/airtable/x", null, KeyHeader);
        using var health = JsonDocument.Parse(await gateway.Client.GetStringAsync("/api/health", TestContext.Current.CancellationToken));
        var services = health.RootElement.GetProperty("services").EnumerateArray().ToList();

        Assert.Equal(503, (int)refused.StatusCode);
        Assert.Equal("All connection attempts failed", services[0].GetProperty("error").GetString());
        Assert.Equal("open", services[0].GetProperty("circuit").GetString());
        Assert.Equal("closed", services[1].GetProperty("circuit").GetString());
    }

    [Theory]
    [InlineData("/api/airtable/x")]
    [InlineData("/api/llm/x")]
    public async Task Circuit_AfterManyErrorsAndDrops_StaysClosed(string path)
    {
        await using var gateway = await GatewayHost.StartAsync();
        gateway.Stub.Answer = static _ => StubUpstream.Reply("500 Internal Server Error", "{}");
        for (var i = 0; i < 40; i++)
        {
            using var passed = await gateway.SendAsync("POST", path, "{}", KeyHeader);
            Assert.Equal(500, (int)passed.StatusCode);
        }
        gateway.Stub.Answer = static _ => [];
        for (var i = 0; i < 40; i++)
        {
            using var dropped = await gateway.SendAsync("POST", path, "{}", KeyHeader);
            Assert.Equal(500, (int)dropped.StatusCode);
        }
        gateway.Stub.Answer = static _ => StubUpstream.Reply("200 OK", "{}");

        using var answer = await gateway.SendAsync("POST", path, "{}", KeyHeader);

        Assert.Equal(200, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Address_ThatFailsInARow_IsLeftOut()
    {
        await using var well = new StubUpstream();
        await using var ill = new StubUpstream { Answer = static _ => Unavailable };
        await using var gateway = await GatewayHost.StartAsync(("LLM_ORCHESTRATOR_URL", $"{well.Url}, {ill.Url}"), ("UPSTREAM_EJECTION_TIME", "5m"));
        await Eventually.TrueAsync(async () =>
        {
            using var answer = await gateway.SendAsync("GET", "/api/llm/x", null, KeyHeader);
            return ill.Seen.Count == 5;
        });

        for (var i = 0; i < 20; i++)
        {
            using var answer = await gateway.SendAsync("GET", "/api/llm/x", null, KeyHeader);
            Assert.Equal(200, (int)answer.StatusCode);
        }
        var metrics = await gateway.Client.GetStringAsync("/metrics", TestContext.Current.CancellationToken);

        Assert.Equal(5, ill.Seen.Count);
        Assert.Contains("pyairtable_upstream_addresses{upstream=\"llm-orchestrator\"} 2", metrics, StringComparison.Ordinal);
        Assert.Contains("pyairtable_upstream_addresses_ejected{upstream=\"llm-orchestrator\"} 1", metrics, StringComparison.Ordinal);
    }

    // A name that only the server takes: it speaks against the client.
    [Fact]
    public async Task Request_ThatCannotBeWritten_BlamesNoAddress()
    {
        await using var one = new StubUpstream();
        await using var other = new StubUpstream();
        await using var gateway = await GatewayHost.StartAsync(("LLM_ORCHESTRATOR_URL", $"{one.Url},{other.Url}"), ("UPSTREAM_EJECTION_FAILURES", "1"), ("CIRCUIT_BREAKER_MIN_CALLS", "5"));

        for (var i = 0; i < 20; i++)
        {
            using var client = await WireConnection.ConnectAsync(gateway.Host);
            var refused = await client.AskAsync("GET", "/api/llm/x", "X(A): 1\r\n");
            Assert.Equal(400, refused?.Status);
            // The gateway's own word, not the server's.
            Assert.Contains("There was an error parsing the body", refused!.Body, StringComparison.Ordinal);
        }
        using var answer = await gateway.SendAsync("GET", "/api/llm/x", null, KeyHeader);
        var metrics = await gateway.Client.GetStringAsync("/metrics", TestContext.Current.CancellationToken);

        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal(1, one.Seen.Count + other.Seen.Count);
        Assert.Contains("pyairtable_upstream_addresses_ejected{upstream=\"llm-orchestrator\"} 0", metrics, StringComparison.Ordinal);
        Assert.Contains("pyairtable_upstream_ejections_total{upstream=\"llm-orchestrator\"} 0", metrics, StringComparison.Ordinal);
        Assert.Contains("pyairtable_upstream_retries_total{upstream=\"llm-orchestrator\"} 0", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Addresses_ThatAllFail_AreAllUsed()
    {
        await using var one = new StubUpstream { Answer = static _ => Unavailable };
        await using var other = new StubUpstream { Answer = static _ => Unavailable };
        await using var gateway = await GatewayHost.StartAsync(("LLM_ORCHESTRATOR_URL", $"{one.Url},{other.Url}"), ("UPSTREAM_EJECTION_FAILURES", "1"), ("CIRCUIT_BREAKER_MIN_CALLS", "1000"));

        for (var i = 0; i < 60; i++)
        {
            using var answer = await gateway.SendAsync("GET", "/api/llm/x", null, KeyHeader);
            Assert.Equal("{\"from\":\"upstream\"}", await answer.TextAsync());
        }

        Assert.InRange(one.Seen.Count, 5, 55);
        Assert.Equal(60, one.Seen.Count + other.Seen.Count);
    }

    [Theory]
    [InlineData("/api/llm/x")]
    [InlineData("/api/airtable/x")]
    public async Task Connection_ThatIsRefused_IsTriedAtTheNextAddress(string path)
    {
        await using var stub = new StubUpstream();
        var urls = $"http://127.0.0.1:{FreePort.Next()},{stub.Url}";
        await using var gateway = await GatewayHost.StartAsync(("LLM_ORCHESTRATOR_URL", urls), ("AIRTABLE_GATEWAY_URL", urls));

        for (var i = 0; i < 30; i++)
        {
            using var answer = await gateway.SendAsync("POST", path, "{\"n\":1}", KeyHeader);
            Assert.Equal("{\"ok\":true}", await answer.TextAsync());
        }

        Assert.Equal(30, stub.Seen.Count);
        Assert.All(stub.Seen, request => Assert.Equal("{\"n\":1}", request.Text));
    }

    [Fact]
    public async Task Name_WithTheOtherFamilyFirst_IsReachedWhereItListens()
    {
        await using var stub = new StubUpstream();
        await using var gateway = await GatewayHost.StartAsync(("LLM_ORCHESTRATOR_URL", stub.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal) + "/base"));

        using var answer = await gateway.SendAsync("GET", "/api/llm/a%2Fb?c=%20", null, KeyHeader);

        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal("/base/a%2Fb?c=%20", stub.Last.Target);
        Assert.Equal("localhost:" + new Uri(stub.Url).Port, stub.Last.Header("Host"));
    }

    [Fact]
    public async Task Name_ThatDoesNotResolve_IsTold()
    {
        await using var gateway = await GatewayHost.StartAsync(("AIRTABLE_GATEWAY_URL", "http://nowhere.invalid:8002"));

        using var answer = await gateway.SendAsync("GET", "/api/airtable/x", null, KeyHeader);

        Assert.Equal(500, (int)answer.StatusCode);
        Assert.Equal("{\"detail\":\"[Errno -2] Name or service not known\"}", await answer.TextAsync());
    }

    [Fact]
    public async Task Error_OfOneOfSeveral_NamesTheUrlThatWasCalled()
    {
        await using var stub = new StubUpstream { Answer = static _ => StubUpstream.Reply("418 I'm a teapot", "{}") };
        await using var gateway = await GatewayHost.StartAsync(("AIRTABLE_GATEWAY_URL", $"http://127.0.0.1:{FreePort.Next()},{stub.Url}/v0"));

        using var answer = await gateway.SendAsync("GET", "/api/airtable/x?a=b", null, KeyHeader);

        Assert.Contains($"for url '{stub.Url}/v0/x?a=b'", await answer.TextAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/api/llm/x", null, 200, 2)]
    [InlineData("DELETE", "/api/llm/x", null, 200, 2)]
    [InlineData("PUT", "/api/llm/x", "{}", 200, 2)]
    [InlineData("POST", "/api/llm/x", "{}", 500, 1)]
    [InlineData("POST", "/api/llm/x", null, 500, 1)]
    [InlineData("POST", "/api/airtable/x", "{}", 500, 1)]
    public async Task Request_WhoseConnectionBreaks_IsRepeatedWhereItDoesNoHarm(string method, string path, string? body, int status, int seen)
    {
        await using var gateway = await GatewayHost.StartAsync();
        gateway.Stub.Answer = _ => gateway.Stub.Seen.Count == 1 ? [] : StubUpstream.Reply("200 OK", "{}");

        using var answer = await gateway.SendAsync(method, path, body, KeyHeader);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(seen, gateway.Stub.Seen.Count);
    }

    [Theory]
    [InlineData("/api/llm/x", "{\"error\":\"llm-orchestrator is busy\"")]
    [InlineData("/api/airtable/x", "{\"detail\":\"airtable-gateway is busy\"}")]
    public async Task Bulkhead_WhenFull_ShedsAndLeavesOthersAlone(string path, string expected)
    {
        await using var slow = new StubUpstream { Answer = static _ => null };
        await using var gateway = await GatewayHost.StartAsync(
            ("LLM_ORCHESTRATOR_URL", slow.Url),
            ("AIRTABLE_GATEWAY_URL", slow.Url),
            ("UPSTREAM_MAX_CONNECTIONS", "2"),
            ("UPSTREAM_MAX_WAITING", "0"));
        using var leave = new CancellationTokenSource();
        var held = Enumerable.Range(0, 2).Select(_ => HoldAsync(gateway, path, leave.Token)).ToList();
        await Eventually.TrueAsync(() => slow.Seen.Count == 2);

        using var shed = await gateway.SendAsync("GET", path, null, KeyHeader);
        using var other = await gateway.SendAsync("GET", "/api/mcp/x", null, KeyHeader);

        Assert.Equal(503, (int)shed.StatusCode);
        Assert.Equal("1", shed.Header("Retry-After"));
        Assert.StartsWith(expected, await shed.TextAsync(), StringComparison.Ordinal);
        Assert.Equal(200, (int)other.StatusCode);

        // Who leaves makes room.
        slow.Answer = static _ => StubUpstream.Reply("200 OK", "{}");
        await leave.CancelAsync();
        await Task.WhenAll(held);
        await Eventually.TrueAsync(async () =>
        {
            using var answer = await gateway.SendAsync("GET", path, null, KeyHeader);
            return (int)answer.StatusCode == 200;
        });
    }

    [Fact]
    public async Task Bulkhead_WithRoomToWait_AnswersInTurn()
    {
        using var release = new ManualResetEventSlim();
        await using var gateway = await GatewayHost.StartAsync(("UPSTREAM_MAX_CONNECTIONS", "1"));
        gateway.Stub.Answer = _ =>
        {
            release.Wait();
            return StubUpstream.Reply("200 OK", "{}");
        };

        var asked = Enumerable.Range(0, 5).Select(_ => gateway.SendAsync("GET", "/api/llm/x", null, KeyHeader)).ToList();
        await Eventually.TrueAsync(async () => (await gateway.Client.GetStringAsync("/metrics")).Contains("pyairtable_upstream_calls_waiting{upstream=\"llm-orchestrator\"} 4", StringComparison.Ordinal));
        // The one that does not wait may still be on its way.
        await Eventually.TrueAsync(() => !gateway.Stub.Seen.IsEmpty);
        Assert.Single(gateway.Stub.Seen);
        release.Set();

        foreach (var answer in await Task.WhenAll(asked))
        {
            Assert.Equal(200, (int)answer.StatusCode);
            answer.Dispose();
        }
    }

    [Theory]
    [InlineData("/api/llm/x", "\"error\":\"timeout\"")]
    [InlineData("/api/airtable/x", "{\"detail\":\"Upstream request timed out\"}")]
    public async Task TotalTimeout_OfASilentUpstream_EndsTheCall(string path, string expected)
    {
        await using var gateway = await GatewayHost.StartAsync(("UPSTREAM_TOTAL_TIMEOUT", "200ms"));
        gateway.Stub.Answer = static _ => null;

        using var answer = await gateway.SendAsync("GET", path, null, KeyHeader);

        Assert.Equal(500, (int)answer.StatusCode);
        Assert.Contains(expected, await answer.TextAsync(), StringComparison.Ordinal);
        Assert.Single(gateway.Stub.Seen);
    }

    private static async Task HoldAsync(GatewayHost gateway, string path, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "X-API-Key", GatewayHost.Key } } };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gateway.Client.SendAsync(request, cancel));
    }
}
