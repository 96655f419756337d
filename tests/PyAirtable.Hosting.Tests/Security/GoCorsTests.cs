using PyAirtable.Hosting.Security;
using PyAirtable.Hosting.Tests.Requests;

namespace PyAirtable.Hosting.Tests.Security;

public sealed class GoCorsTests
{
    [Theory]
    [InlineData("l", null, null)]
    [InlineData("l", "https://c.d", "https://c.d")]
    [InlineData("l", "https://evil", null)]
    [InlineData("l", "https://x.example.com", "https://x.example.com")]
    [InlineData("l", "https://x.y.example.com", "https://x.y.example.com")]
    [InlineData("l", "https://example.com", null)]
    [InlineData("l", "https://.example.com", null)]
    [InlineData("l", "http://x.example.com", null)]
    [InlineData("l", "https://evilexample.com", null)]
    [InlineData("l", "https://evil/x.example.com", null)]
    [InlineData("*", null, "*")]
    [InlineData("*", "https://any", "*")]
    public async Task Wrap_AnyRequest_NamesAllowedOrigins(string options, string? origin, string? allowed)
    {
        foreach (var method in new[] { "GET", "OPTIONS" })
        {
            var exchange = new Exchange(method);
            if (origin is not null)
            {
                exchange.With("Origin", origin);
            }

            await new GoCors(CorsTests.Options(options)).Wrap(_ => Task.CompletedTask)(exchange.Context);
            Assert.Equal(allowed, exchange.Header("Access-Control-Allow-Origin"));
            Assert.Null(exchange.Header("Access-Control-Allow-Credentials"));
        }
    }

    [Fact]
    public async Task Wrap_Options_Is204WithoutReachingTheRoute()
    {
        var exchange = new Exchange("OPTIONS", "/anything");
        await new GoCors(CorsTests.Options("*h")).Wrap(_ => throw new InvalidOperationException())(exchange.Context);
        Assert.Equal((204, ""), (exchange.Status, exchange.Answer));
        Assert.Equal("GET,POST", exchange.Header("Access-Control-Allow-Methods"));
        Assert.Equal("Content-Type,X-API-Key", exchange.Header("Access-Control-Allow-Headers"));
        Assert.Equal("Origin, Access-Control-Request-Method, Access-Control-Request-Headers", exchange.Header("Vary"));
        Assert.Null(exchange.Header("Access-Control-Max-Age"));
    }

    [Fact]
    public async Task Wrap_PlainRequest_Varies()
    {
        var exchange = new Exchange();
        await new GoCors(CorsTests.Options("*x")).Wrap(_ => Task.CompletedTask)(exchange.Context);
        Assert.Equal(("Origin", "X-Trace-ID"), (exchange.Header("Vary"), exchange.Header("Access-Control-Expose-Headers")));
    }
}
