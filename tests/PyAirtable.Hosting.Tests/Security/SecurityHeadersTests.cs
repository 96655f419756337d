using PyAirtable.Hosting.Security;
using PyAirtable.Hosting.Tests.Requests;

namespace PyAirtable.Hosting.Tests.Security;

public sealed class SecurityHeadersTests
{
    [Fact]
    public async Task WrapFull_Always_SetsTheGoSet()
    {
        var exchange = new Exchange();
        await SecurityHeaders.WrapFull(_ => Task.CompletedTask)(exchange.Context);
        string[] expected =
        [
            "Cross-Origin-Embedder-Policy: require-corp", "Cross-Origin-Opener-Policy: same-origin", "Cross-Origin-Resource-Policy: same-origin",
            "Origin-Agent-Cluster: ?1", "Referrer-Policy: no-referrer", "X-Content-Type-Options: nosniff", "X-DNS-Prefetch-Control: off",
            "X-Download-Options: noopen", "X-Frame-Options: SAMEORIGIN", "X-Permitted-Cross-Domain-Policies: none", "X-XSS-Protection: 0",
        ];
        Assert.Equal(expected, exchange.Http.Response.Headers.Select(header => $"{header.Key}: {header.Value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task WrapNoSniff_Always_SetsOneHeader()
    {
        var exchange = new Exchange();
        await SecurityHeaders.WrapNoSniff(_ => Task.CompletedTask)(exchange.Context);
        Assert.Equal("nosniff", Assert.Single(exchange.Http.Response.Headers).Value);
    }
}
