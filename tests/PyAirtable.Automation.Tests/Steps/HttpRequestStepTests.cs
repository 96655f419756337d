using System.Text;
using Microsoft.AspNetCore.Http;
using PyAirtable.Automation.Outbound;
using PyAirtable.Automation.Steps;

namespace PyAirtable.Automation.Tests.Steps;

/// <summary>The step <c>http_request</c> against real servers.</summary>
public sealed class HttpRequestStepTests : IAsyncDisposable
{
    private readonly OutboundClient _client = new(Rules(), System.Net.Dns.GetHostAddressesAsync, TimeProvider.System);

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    [Fact]
    public async Task Answer_Json_IsToldAsTextAndAsValue()
    {
        await using var server = await StandIn.StartAsync(http =>
        {
            http.Response.Headers["X-Two"] = new(["a", "b"]);
            http.Response.ContentLength = 16;
            return StandIn.WriteAsync(http, 418, "{ \"a\": [1.0]}\r\n ", "application/problem+json; charset=utf-8");
        });

        Assert.Equal(
            """{"status_code":418,"headers":{"server":"Kestrel","x-two":"a, b","content-length":"16","content-type":"application/problem+json; charset=utf-8"},"body":"{ \"a\": [1.0]}\r\n ","json":{"a":[1.0]}}""",
            WithoutDate(await Step.RunAsync($$"""{"url":"{{server.Url}}/x?q={n}"}""")));
        var seen = Assert.Single(server.Seen);
        Assert.Equal(("GET", "/x?q=14", "", "pyairtable-automation"), (seen.Method, seen.Target, seen.Body, seen.Header("User-Agent")));
    }

    [Theory]
    [InlineData("text/plain; charset=iso-8859-1", "caf\u00e9")]
    [InlineData("text/plain; charset=nonsense", "caf\ufffd")]
    [InlineData("text/plain", "caf\ufffd")]
    [InlineData("application/json", "caf\ufffd")]
    public async Task Answer_Text_IsReadInItsEncoding(string type, string body)
    {
        await using var server = await StandIn.StartAsync(async http =>
        {
            http.Response.ContentType = type;
            await http.Response.Body.WriteAsync(Encoding.Latin1.GetBytes("caf\u00e9"));
        });

        var result = System.Text.Json.JsonElement.Parse(await Step.RunAsync($$"""{"url":"{{server.Url}}"}"""));

        Assert.Equal(body, result.GetProperty("body").GetString());
        Assert.False(result.TryGetProperty("json", out _));
    }

    [Theory]
    [InlineData("{}", "7-2")]
    [InlineData("""{"idempotency-key":"mine"}""", "mine")]
    public async Task Request_EveryTry_HasTheKeyOfItsStep(string headers, string expected)
    {
        await using var server = await StandIn.StartAsync(http => StandIn.WriteAsync(http, 200, "{}"));

        await Step.RunAsync($$"""{"url":"{{server.Url}}","method":"POST","headers":{{headers}}}""");

        Assert.Equal(expected, Assert.Single(server.Seen).Header("Idempotency-Key"));
    }

    // The step's members beside its URL; method, content type and body that arrive.
    [Theory]
    [InlineData(""" "method":"post","data":{"a":["{k}",1.0]}""", "POST", "application/json", """{"a":["v w/é",1.0]}""")]
    [InlineData(""" "method":"PUT","body":"t={n}" """, "PUT", "text/plain; charset=utf-8", "t=14")]
    [InlineData(""" "method":"PUT","body":["{n}"] """, "PUT", "application/json", """["14"]""")]
    [InlineData(""" "method":"POST","data":"x","body":"y" """, "POST", "application/json", "\"x\"")]
    [InlineData(""" "method":"POST","headers":{"content-type":"text/csv"},"body":"a,b" """, "POST", "text/csv", "a,b")]
    [InlineData(""" "method":"DELETE" """, "DELETE", null, "")]
    [InlineData(""" "method":"POST","data":null""", "POST", null, "")]
    [InlineData(""" "config":{"method":"POST","data":{"c":"{n}"}} """, "POST", "application/json", """{"c":"14"}""")]
    [InlineData(""" "method":"PATCH","config":{"method":"POST","data":1} """, "PATCH", "application/json", "1")]
    public async Task Request_WithABody_IsSent(string members, string method, string? type, string body)
    {
        await using var server = await StandIn.OfJsonAsync("1");

        await Step.RunAsync($$"""{"url":"{{server.Url}}",{{members}}}""");

        var seen = Assert.Single(server.Seen);
        Assert.Equal((method, type, body), (seen.Method, seen.Header("Content-Type"), seen.Body));
    }

    [Fact]
    public async Task Config_OfTheEarlierGeneration_IsTaken()
    {
        await using var server = await StandIn.OfJsonAsync("1");

        await Step.RunAsync($$$"""{"config":{"url":"{{{server.Url}}}/{n}","headers":{"X-A":"{k}","X-N":5,"Accept":"*/*"},"timeout":2.5}}""");

        var seen = Assert.Single(server.Seen);
        Assert.Equal(("/14", "v w/é", "5", "*/*"), (seen.Target, seen.Header("X-A"), seen.Header("X-N"), seen.Header("Accept")));
    }

    [Theory]
    [InlineData("{}", "No URL specified for HTTP request step")]
    [InlineData("""{"url":""}""", "No URL specified for HTTP request step")]
    [InlineData("""{"url":"nonsense"}""", "Invalid URL for HTTP request step")]
    [InlineData("""{"url":"/etc/passwd"}""", "Invalid URL for HTTP request step")]
    [InlineData("""{"url":"http://"}""", "Invalid URL for HTTP request step")]
    [InlineData("""{"url":"ftp://example.com/"}""", "HTTP request failed: only http and https URLs are allowed")]
    [InlineData("""{"url":"http://a:b@example.com/"}""", "HTTP request failed: user information in a URL is not allowed")]
    [InlineData("""{"url":"http://127.0.0.2/"}""", "HTTP request failed: the address of 127.0.0.2 is not allowed")]
    [InlineData("""{"url":"http://localhost.localdomain.invalid/"}""", "HTTP request failed: host not found")]
    [InlineData("""{"url":"http://127.0.0.1:1/"}""", "HTTP request failed: connection refused")]
    [InlineData("""{"url":"http://127.0.0.1/","method":"CONNECT"}""", "Invalid method for HTTP request step")]
    [InlineData("""{"url":"http://127.0.0.1/","method":"GET / HTTP/1.1\r\n"}""", "Invalid method for HTTP request step")]
    [InlineData("""{"url":"http://127.0.0.1/","headers":[]}""", "Invalid headers for HTTP request step")]
    [InlineData("""{"url":"http://127.0.0.1/","headers":{"Host":"x"}}""", "Invalid headers for HTTP request step")]
    [InlineData("""{"url":"http://127.0.0.1/","headers":{"transfer-encoding":"chunked"}}""", "Invalid headers for HTTP request step")]
    [InlineData("""{"url":"http://127.0.0.1/","headers":{"X-A":"a\r\nX-B: b"}}""", "Invalid headers for HTTP request step")]
    [InlineData("""{"url":"http://127.0.0.1/","headers":{"X A":"a"}}""", "Invalid headers for HTTP request step")]
    [InlineData("""{"url":"http://127.0.0.1/","timeout":0}""", "Invalid timeout for HTTP request step")]
    [InlineData("""{"url":"http://127.0.0.1/","timeout":-1}""", "Invalid timeout for HTTP request step")]
    [InlineData("""{"url":"http://127.0.0.1/","timeout":"5"}""", "Invalid timeout for HTTP request step")]
    public async Task Request_NotAllowedOrWrong_Fails(string step, string error) => Assert.Equal(error, await Step.FailAsync(step));

    [Fact]
    public async Task Host_Silent_TimesOut()
    {
        await using var server = await StandIn.StartAsync(http => Task.Delay(Timeout.Infinite, http.RequestAborted));

        Assert.Equal("HTTP request failed: timed out", await Step.FailAsync($$"""{"url":"{{server.Url}}","timeout":0.1}"""));
    }

    [Fact]
    public async Task Host_HangsUpInTheBody_Fails()
    {
        await using var server = await StandIn.StartAsync(async http =>
        {
            http.Response.ContentLength = 100;
            await http.Response.WriteAsync("x");
            await http.Response.Body.FlushAsync();
            http.Abort();
        });

        Assert.Equal("HTTP request failed: connection closed", await Step.FailAsync($$"""{"url":"{{server.Url}}"}"""));
    }

    private HttpRequestStep Step => new(_client);

    private static AddressRules Rules()
    {
        Assert.True(AllowedHosts.TryParse(["127.0.0.1"], out var allowed));
        return new(allowed);
    }

    private static string WithoutDate(string result) => System.Text.RegularExpressions.Regex.Replace(result, "\"date\":\"[^\"]+\",", "");
}
