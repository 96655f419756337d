using PyAirtable.Hosting.Security;
using PyAirtable.Hosting.Tests.Requests;

namespace PyAirtable.Hosting.Tests.Security;

public sealed class CorsTests
{
    // Options: l = list, * = any origin, c = credentials, h = listed headers, x = exposed header. Answer headers: origin | credentials | vary | exposed.
    [Theory]
    [InlineData("lc", null, false, "- | - | - | -")]
    [InlineData("lc", "https://a.b", false, "https://a.b | true | Origin | -")]
    [InlineData("lc", "https://A.b", false, "- | true | - | -")]
    [InlineData("lc", "https://evil", false, "- | true | - | -")]
    [InlineData("lcx", "https://c.d", false, "https://c.d | true | Origin | X-Trace-ID")]
    [InlineData("*c", "https://a.b", false, "* | true | - | -")]
    [InlineData("*c", "https://a.b", true, "https://a.b | true | Origin | -")]
    [InlineData("*", "https://a.b", false, "* | - | - | -")]
    [InlineData("*", "https://a.b", true, "https://a.b | - | Origin | -")]
    public async Task Wrap_PlainRequest_AddsHeaders(string options, string? origin, bool cookie, string expected)
    {
        var exchange = new Exchange();
        if (origin is not null)
        {
            exchange.With("Origin", origin);
        }

        if (cookie)
        {
            exchange.With("Cookie", "a=b");
        }

        var served = false;
        await new Cors(Options(options)).Wrap(_ =>
        {
            served = true;
            return Task.CompletedTask;
        })(exchange.Context);
        Assert.True(served);
        string?[] headers = ["Access-Control-Allow-Origin", "Access-Control-Allow-Credentials", "Vary", "Access-Control-Expose-Headers"];
        Assert.Equal(expected, string.Join(" | ", headers.Select(name => exchange.Header(name!) ?? "-")));
    }

    [Theory]
    [InlineData("lc", "https://a.b", "GET", null, 200, "OK")]
    [InlineData("lc", "https://a.b", "GET", "X-Any, Other", 200, "OK")]
    [InlineData("lch", "https://a.b", "GET", "content-type, x-api-key", 200, "OK")]
    [InlineData("lch", "https://a.b", "GET", "X-Other", 400, "Disallowed CORS headers")]
    [InlineData("lc", "https://evil", "GET", null, 400, "Disallowed CORS origin")]
    [InlineData("lc", "https://a.b", "PATCH", null, 400, "Disallowed CORS method")]
    [InlineData("lch", "https://evil", "PATCH", "X-Other", 400, "Disallowed CORS origin, method, headers")]
    [InlineData("*", "https://any", "POST", null, 200, "OK")]
    public async Task Wrap_Preflight_IsAnsweredHere(string options, string origin, string method, string? headers, int status, string body)
    {
        var exchange = new Exchange("OPTIONS").With("Origin", origin).With("Access-Control-Request-Method", method);
        if (headers is not null)
        {
            exchange.With("Access-Control-Request-Headers", headers);
        }

        await new Cors(Options(options)).Wrap(_ => throw new InvalidOperationException())(exchange.Context);
        Assert.Equal((status, body, "text/plain; charset=utf-8"), (exchange.Status, exchange.Answer, exchange.Http.Response.ContentType));
        Assert.Equal(body.Contains("origin", StringComparison.Ordinal) ? null : origin, exchange.Header("Access-Control-Allow-Origin"));
        Assert.Equal("GET, POST", exchange.Header("Access-Control-Allow-Methods"));
        Assert.Equal(options.Contains('h', StringComparison.Ordinal) ? "Content-Type, X-API-Key" : headers, exchange.Header("Access-Control-Allow-Headers"));
        Assert.Equal(options.Contains('c', StringComparison.Ordinal) ? "true" : null, exchange.Header("Access-Control-Allow-Credentials"));
        Assert.Equal("600", exchange.Header("Access-Control-Max-Age"));
        Assert.Equal("Origin", exchange.Header("Vary"));
        Assert.Null(exchange.Header("Access-Control-Expose-Headers"));
    }

    [Fact]
    public async Task Wrap_OptionsWithoutPreflightHeaders_GoesOn()
    {
        var served = false;
        await new Cors(Options("l")).Wrap(_ =>
        {
            served = true;
            return Task.CompletedTask;
        })(new Exchange("OPTIONS").With("Origin", "https://a.b").Context);
        Assert.True(served);
    }

    internal static CorsOptions Options(string letters) => new()
    {
        Origins = letters.Contains('*', StringComparison.Ordinal) ? ["*"] : ["https://a.b", " https://c.d ", "https://*.example.com"],
        Methods = ["GET", "POST"],
        Headers = letters.Contains('h', StringComparison.Ordinal) ? ["Content-Type", "X-API-Key"] : null,
        Credentials = letters.Contains('c', StringComparison.Ordinal),
        ExposedHeaders = letters.Contains('x', StringComparison.Ordinal) ? ["X-Trace-ID"] : [],
    };
}
