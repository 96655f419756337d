using System.Text;
using System.Text.Json;
using PyAirtable.Testing;

namespace PyAirtable.Gateway.Tests.Forwarding;

public sealed class PrefixRouteTests
{
    private const string Key = "X-API-Key: " + GatewayHost.Key;

    [Theory]
    [InlineData("/api/llm", "/")]
    [InlineData("/api/llm/", "/")]
    [InlineData("/api/llm?x=1", "/?x=1")]
    [InlineData("/api/mcp/a/b?x=1&y=", "/a/b?x=1&y=")]
    [InlineData("/api/platform/a%2Fb//c%20d/%41%7e;p?q=%2B+", "/a%2Fb//c%20d/%41%7e;p?q=%2B+")]
    [InlineData("/api/automation/a..b/.c/d.?q=../..", "/a..b/.c/d.?q=../..")]
    [InlineData("/api/llm/x?api_key=k&a=1&%61pi_key=l", "/x?a=1")]
    public async Task Path_UnderAPrefix_GoesUpAsSentWithoutIt(string path, string target)
    {
        await using var gateway = await GatewayHost.StartAsync();

        using var answer = await gateway.SendAsync("GET", path, null, Key);

        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal(target, gateway.Stub.Last.Target);
    }

    [Fact]
    public async Task Prefix_WithPathInItsUpstreamsUrl_KeepsIt()
    {
        await using var stub = new StubUpstream();
        await using var gateway = await GatewayHost.StartAsync(("LLM_ORCHESTRATOR_URL", stub.Url + "/v1"));

        using var answer = await gateway.SendAsync("GET", "/api/llm/chat", null, Key);

        Assert.Equal("/v1/chat", stub.Last.Target);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    [InlineData("PROPFIND")]
    public async Task Method_Any_IsForwarded(string method)
    {
        await using var gateway = await GatewayHost.StartAsync();

        using var answer = await gateway.SendAsync(method, "/api/llm/x", null, Key);

        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal(method, gateway.Stub.Last.Method);
    }

    [Fact]
    public async Task Request_WithHeaders_KeepsTheEndToEndOnes()
    {
        await using var gateway = await GatewayHost.StartAsync();

        using var answer = await gateway.SendAsync(
            "GET", "/api/llm/x", null, Key,
            "Authorization: Bearer t", "Cookie: a=b; c=d", "Accept-Encoding: br", "X-Trace-ID: t-1", "X-Request-ID: r-1",
            "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "X-Forwarded-For: 10.1.1.1",
            "Connection: X-Hop", "X-Hop: 1", "TE: trailers", "Proxy-Authorization: Basic x", "Keep-Alive: timeout=5");

        var seen = gateway.Stub.Last;
        Assert.Equal(GatewayHost.Key, seen.Header("X-API-Key"));
        Assert.Equal("Bearer t", seen.Header("Authorization"));
        Assert.Equal("a=b; c=d", seen.Header("Cookie"));
        Assert.Equal("br", seen.Header("Accept-Encoding"));
        Assert.Equal("t-1", seen.Header("X-Trace-ID"));
        Assert.Equal("r-1", seen.Header("X-Request-ID"));
        Assert.Equal("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", seen.Header("traceparent"));
        Assert.Equal("10.1.1.1, 127.0.0.1", seen.Header("X-Forwarded-For"));
        Assert.Equal("http", seen.Header("X-Forwarded-Proto"));
        Assert.Equal($"127.0.0.1:{gateway.Port}", seen.Header("X-Forwarded-Host"));
        Assert.Equal(new Uri(gateway.Stub.Url).Authority, seen.Header("Host"));
        foreach (var hop in (string[])["X-Hop", "TE", "Proxy-Authorization", "Keep-Alive", "Transfer-Encoding"])
        {
            Assert.Null(seen.Header(hop));
        }
    }

    [Theory]
    [InlineData("TRUST_FORWARDED_FOR", "false")]
    [InlineData("FORWARDED_ALLOW_IPS", "10.0.0.0/8")]
    public async Task Request_WithForwardedHeadersThatAreNotTrusted_HasThemReplaced(string setting, string value)
    {
        await using var gateway = await GatewayHost.StartAsync((setting, value));

        using var answer = await gateway.SendAsync(
            "GET", "/api/llm/x", null, Key,
            "X-Forwarded-For: 10.1.1.1", "X-Forwarded-Proto: https", "X-Forwarded-Host: evil", "X-Forwarded-User: root", "Forwarded: for=10.1.1.1", "X-Real-IP: 10.1.1.1");

        var seen = gateway.Stub.Last;
        Assert.Equal("127.0.0.1", seen.Header("X-Forwarded-For"));
        Assert.Equal("http", seen.Header("X-Forwarded-Proto"));
        Assert.Equal($"127.0.0.1:{gateway.Port}", seen.Header("X-Forwarded-Host"));
        Assert.All((string[])["X-Forwarded-User", "Forwarded", "X-Real-IP"], name => Assert.Null(seen.Header(name)));
    }

    [Fact]
    public async Task Request_WithForwardedHeadersOfATrustedPeer_HasItsChainContinued()
    {
        await using var gateway = await GatewayHost.StartAsync(("FORWARDED_ALLOW_IPS", "127.0.0.1"));

        using var answer = await gateway.SendAsync(
            "GET", "/api/llm/x", null, Key,
            "X-Forwarded-For: 6.6.6.6, 1.2.3.4", "X-Forwarded-Proto: https", "X-Forwarded-Host: example.org", "Forwarded: for=1.2.3.4");

        var seen = gateway.Stub.Last;
        Assert.Equal("6.6.6.6, 1.2.3.4, 127.0.0.1", seen.Header("X-Forwarded-For"));
        Assert.Equal("https", seen.Header("X-Forwarded-Proto"));
        Assert.Equal("example.org", seen.Header("X-Forwarded-Host"));
        Assert.Equal("for=1.2.3.4", seen.Header("Forwarded"));
    }

    [Fact]
    public async Task Bodies_OfBytes_PassBothWaysAsTheyAre()
    {
        await using var gateway = await GatewayHost.StartAsync();
        var bytes = new byte[300_000];
        new Random(1).NextBytes(bytes);
        gateway.Stub.Answer = request =>
            [.. Encoding.ASCII.GetBytes($"HTTP/1.1 207 Multi-Status\r\nContent-Type: application/x-any\r\nServer: secret/1\r\nX-Up: 1\r\nX-Up: 2\r\nContent-Length: {request.Body.Length}\r\n\r\n"), .. request.Body];

        using var content = new ByteArrayContent(bytes);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/automation/files") { Content = content };
        request.Headers.Add("X-API-Key", GatewayHost.Key);
        request.Headers.TransferEncodingChunked = true;
        using var answer = await gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(207, (int)answer.StatusCode);
        Assert.Equal(bytes, await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal("application/x-any", answer.Header("Content-Type"));
        Assert.Equal("1, 2", answer.Header("X-Up"));
        Assert.Null(answer.Header("Server"));
        Assert.Equal("same-origin", answer.Header("Cross-Origin-Resource-Policy"));
        Assert.NotNull(answer.Header("X-RateLimit-Remaining"));
    }

    [Theory]
    [InlineData("404 Not Found")]
    [InlineData("500 Oops")]
    [InlineData("418 Teapot")]
    public async Task Answer_OfAnyStatus_PassesWithItsBody(string status)
    {
        await using var gateway = await GatewayHost.StartAsync();
        gateway.Stub.Answer = _ => StubUpstream.Reply(status, "{\"own\":1}");

        using var answer = await gateway.SendAsync("GET", "/api/llm/x", null, Key);

        Assert.Equal(status[..3], ((int)answer.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal("{\"own\":1}", await answer.TextAsync());
    }

    [Fact]
    public async Task Answer_ThatRedirects_IsPassedOn()
    {
        await using var gateway = await GatewayHost.StartAsync();
        gateway.Stub.Answer = static _ => StubUpstream.Reply("302 Found", "", "Location: http://elsewhere/x", "Connection: X-Hop", "X-Hop: 1");

        using var answer = await gateway.SendAsync("GET", "/api/llm/x", null, Key);

        Assert.Equal(302, (int)answer.StatusCode);
        Assert.Equal("http://elsewhere/x", answer.Header("Location"));
        Assert.Null(answer.Header("X-Hop"));
        Assert.Single(gateway.Stub.Seen);
    }

    [Fact]
    public async Task Answer_ThatGoesOn_ArrivesAsItIsWritten()
    {
        await using var gateway = await GatewayHost.StartAsync();
        gateway.Stub.Answer = static _ => Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n9\r\ndata: 1\n\n\r\n");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/llm/stream");
        request.Headers.Add("X-API-Key", GatewayHost.Key);

        using var answer = await gateway.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        await using var body = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        var first = new byte[9];
        await body.ReadExactlyAsync(first, TestContext.Current.CancellationToken);

        Assert.Equal("data: 1\n\n", Encoding.ASCII.GetString(first));
    }

    [Theory]
    [InlineData("Content-Length: 100\r\n\r\nhalf")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n")]
    public async Task Answer_ThatBreaksOff_DoesNotLookWhole(string rest)
    {
        await using var gateway = await GatewayHost.StartAsync();
        gateway.Stub.HangsUp = true;
        gateway.Stub.Answer = _ => Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\n" + rest);

        await Assert.ThrowsAsync<HttpRequestException>(() => gateway.SendAsync("GET", "/api/llm/x", null, Key));
    }

    [Fact]
    public async Task Upstream_NotThere_AnswersInGosForm()
    {
        await using var gateway = await GatewayHost.StartAsync(("LLM_ORCHESTRATOR_URL", $"http://127.0.0.1:{FreePort.Next()}"));

        using var answer = await gateway.SendAsync("GET", "/api/llm/x?y=1", null, Key, "Origin: http://localhost:3000");
        using var other = await gateway.SendAsync("GET", "/api/mcp/x", null, Key);

        await AssertGoErrorAsync(answer, 500, "All connection attempts failed", "/api/llm/x");
        Assert.Equal("http://localhost:3000", answer.Header("Access-Control-Allow-Origin"));
        Assert.Equal("SAMEORIGIN", answer.Header("X-Frame-Options"));
        Assert.Equal(200, (int)other.StatusCode);
    }

    [Fact]
    public async Task Upstream_Silent_TimesOutInGosForm()
    {
        await using var gateway = await GatewayHost.StartAsync(("PROXY_TIMEOUT_SECONDS", "1"));
        gateway.Stub.Answer = static _ => null;

        using var answer = await gateway.SendAsync("POST", "/api/llm/x", "body", Key);

        await AssertGoErrorAsync(answer, 500, "timeout", "/api/llm/x");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Body_AboveTheLimit_Answers413InGosForm(bool chunked)
    {
        await using var gateway = await GatewayHost.StartAsync(("MAX_FILE_SIZE", "1000"));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/llm/x") { Content = new ByteArrayContent(new byte[2000]) };
        request.Headers.Add("X-API-Key", GatewayHost.Key);
        request.Headers.TransferEncodingChunked = chunked ? true : null;

        using var answer = await gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);

        await AssertGoErrorAsync(answer, 413, "Request Entity Too Large", "/api/llm/x");
    }

    [Fact]
    public async Task Key_NotRequired_OpensOnlyTheProxyRoutes()
    {
        await using var gateway = await GatewayHost.StartAsync(("REQUIRE_API_KEY", "false"));

        using var proxied = await gateway.SendAsync("GET", "/api/llm/x?api_key=any");
        using var python = await gateway.SendAsync("GET", "/api/airtable/x");

        Assert.Equal(200, (int)proxied.StatusCode);
        Assert.Equal("/x", gateway.Stub.Last.Target);
        Assert.Equal(401, (int)python.StatusCode);
    }

    private static async Task AssertGoErrorAsync(HttpResponseMessage answer, int status, string error, string path)
    {
        using var body = JsonDocument.Parse(await answer.TextAsync());
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(error, body.RootElement.GetProperty("error").GetString());
        Assert.Equal(path, body.RootElement.GetProperty("path").GetString());
        Assert.Equal(["error", "method", "path", "timestamp"], body.RootElement.EnumerateObject().Select(member => member.Name));
        Assert.NotNull(answer.Header("X-Request-ID"));
    }
}
