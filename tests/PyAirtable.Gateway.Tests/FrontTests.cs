using System.Net;
using PyAirtable.Testing;

namespace PyAirtable.Gateway.Tests;

/// <summary>How clients reach the gateway: protocols, certificate, second port.</summary>
public sealed class FrontTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET", "/", 200)]
    [InlineData("HEAD", "/health", 200)]
    [InlineData("GET", "/api/nope", 404)]
    [InlineData("GET", "/api/llm/x", 200)]
    [InlineData("POST", "/api/airtable/x", 200)]
    [InlineData("OPTIONS", "/api/mcp/x", 204)]
    public async Task Route_OverHttp2_AnswersAsOverHttp1(string method, string path, int status)
    {
        await using var gateway = await GatewayHost.StartAsync();

        using var old = await SendAsync(gateway.Client, method, path, HttpVersion.Version11);
        using var modern = await SendAsync(gateway.Client, method, path, HttpVersion.Version20);

        Assert.Equal(HttpVersion.Version20, modern.Version);
        Assert.Equal(status, (int)modern.StatusCode);
        Assert.Equal(await old.TextAsync(), await modern.TextAsync());
        Assert.Equal(Names(old), Names(modern));

        static IEnumerable<string> Names(HttpResponseMessage answer) => answer.Headers.Concat(answer.Content.Headers)
            .Select(header => header.Key.ToLowerInvariant()).Where(name => name is not ("date" or "transfer-encoding" or "content-length")).Order(StringComparer.Ordinal);
    }

    [Fact]
    public async Task Body_OverHttp2WithoutALength_ReachesTheUpstream()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/llm/x") { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        request.Headers.Add("X-API-Key", GatewayHost.Key);
        request.Headers.Add("Cookie", ["a=1", "b=2"]);
        request.Content = new StreamContent(new EndlessLooking("all of it"u8.ToArray()));

        using var answer = await gateway.Client.SendAsync(request, Cancel);

        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal("all of it", gateway.Stub.Last.Text);
        Assert.Equal("http", gateway.Stub.Last.Header("X-Forwarded-Proto"));
        Assert.Equal($"127.0.0.1:{gateway.Port}", gateway.Stub.Last.Header("X-Forwarded-Host"));
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task Certificate_WhenGiven_ServesByTls(string version)
    {
        using var certificate = new SelfSignedCertificate();
        await using var gateway = await GatewayHost.StartAsync(("TLS_CERT_FILE", certificate.CertificateFile), ("TLS_KEY_FILE", certificate.KeyFile));
        using var client = certificate.CreateClient();
        client.BaseAddress = new Uri(gateway.Host.Urls["gateway"]);

        using var answer = await SendAsync(client, "GET", "/api/platform/x", Version.Parse(version));

        Assert.Equal("https", client.BaseAddress.Scheme);
        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal("https", gateway.Stub.Last.Header("X-Forwarded-Proto"));
    }

    [Fact]
    public async Task SecondPort_WhenGiven_HasTheSameRoutes()
    {
        var port = FreePort.Next();
        await using var gateway = await GatewayHost.StartAsync(("GO_COMPAT_PORT", port.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        using var second = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };

        foreach (var path in (string[])["/", "/api/nope", "/api/llm/x"])
        {
            using var one = await SendAsync(gateway.Client, "GET", path, HttpVersion.Version11);
            using var other = await SendAsync(second, "GET", path, HttpVersion.Version11);
            Assert.Equal(await one.TextAsync(), await other.TextAsync());
            Assert.Equal(one.StatusCode, other.StatusCode);
        }
        Assert.NotEqual(port, gateway.Port);
        var log = await gateway.Host.ReadLogAsync();
        Assert.Contains($":{port}", log, StringComparison.Ordinal);
        Assert.DoesNotContain("HTTP/2 is not enabled", log, StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string method, string path, Version version)
    {
        using var request = new HttpRequestMessage(HttpMethod.Parse(method), path) { Version = version, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        request.Headers.Add("X-API-Key", GatewayHost.Key);
        request.Content = method == "POST" ? new StringContent("{\"a\":1}") : null;
        return await client.SendAsync(request, Cancel);
    }

    // So that its length is not told.
    private sealed class EndlessLooking(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
