using PyAirtable.Testing;

namespace PyAirtable.Gateway.Tests.Airtable;

public sealed class AirtableEndpointTests
{
    private const string Key = "X-API-Key: " + GatewayHost.Key;
    private const string More = "For more information check: https://developer.mozilla.org/en-US/docs/Web/HTTP/Status/";

    // method, path, body; target and body at the upstream
    [Theory]
    [InlineData("GET", "/api/airtable/bases?a=1", null, "/bases?a=1", "")]
    [InlineData("GET", "/api/airtable/", null, "/", "")]
    [InlineData("POST", "/api/airtable/x", "{ \"b\" : [1, 2.50, 12345678901234567890123, \"\\u00e9\\ud83d\\ude00\"],\n\"a\":null}", "/x", "{\"b\":[1,2.50,12345678901234567890123,\"é😀\"],\"a\":null}")]
    [InlineData("PUT", "/api/airtable/x", "{\"a\":1,\"b\":{\"c\":1,\"c\":2},\"a\":3}", "/x", "{\"a\":3,\"b\":{\"c\":2}}")]
    [InlineData("PATCH", "/api/airtable/bases/appX/tables/tblY/records?typecast=true&typecast=false", "{\"records\":[]}", "/bases/appX/tables/tblY/records?typecast=true&typecast=false", "{\"records\":[]}")]
    [InlineData("POST", "/api/airtable/x", "null", "/x", "")]
    [InlineData("POST", "/api/airtable/x", "", "/x", "")]
    [InlineData("DELETE", "/api/airtable/x", "{\"ignored\":1}", "/x", "")]
    [InlineData("GET", "/api/airtable/a%2Fb%3Fc%23d/e%20f?fields%5B%5D=x&fields[]=y", null, "/a%2Fb%3Fc%23d/e%20f?fields%5B%5D=x&fields[]=y", "")]
    [InlineData("GET", "/api/airtable/x?a=1&api_key=k&b=&api%5Fkey=l", null, "/x?a=1&b=", "")]
    [InlineData("GET", "/api/airtable/x?api_key=k", null, "/x", "")]
    [InlineData("GET", "/api/%61irtable/a/b", null, "/a/b", "")]
    public async Task Request_ByTheContract_ReachesTheUpstream(string method, string path, string? body, string target, string sent)
    {
        await using var gateway = await GatewayHost.StartAsync();

        using var answer = await gateway.SendAsync(method, path, body, Key, "X-Trace-ID: t-1", "Authorization: Bearer secret", "Cookie: a=b");

        Assert.Equal(200, (int)answer.StatusCode);
        var seen = gateway.Stub.Last;
        Assert.Equal((method, target, sent), (seen.Method, seen.Target, seen.Text));
        Assert.Equal(GatewayHost.Key, seen.Header("X-API-Key"));
        Assert.Equal("t-1", seen.Header("X-Trace-ID"));
        Assert.Null(seen.Header("Authorization"));
        Assert.Null(seen.Header("Cookie"));
        Assert.Equal(sent.Length > 0 ? "application/json" : null, seen.Header("Content-Type"));
    }

    // the upstream's status line and body; status and body of the answer
    [Theory]
    [InlineData("201 Created", "{ \"id\": 1.10 }", 200, "{\"id\":1.10}")]
    [InlineData("200 OK", "", 204, "")]
    [InlineData("204 No Content", "", 204, "")]
    [InlineData("200 OK", "<html>", 502, "{\"detail\":\"Upstream answer is not valid JSON\"}")]
    [InlineData("200 OK", "{\"a\":NaN}", 502, "{\"detail\":\"Upstream answer is not valid JSON\"}")]
    [InlineData("304 Not Modified", "", 304, "")]
    [InlineData("400 Bad Request", "{\"e\":1}", 400, "{\"detail\":\"Client error '400 Bad Request' for url 'URL'\\n" + More + "400\"}")]
    [InlineData("401 Unauthorized", "", 401, "{\"detail\":\"Client error '401 Unauthorized' for url 'URL'\\n" + More + "401\"}")]
    [InlineData("422 Unprocessable Entity", "", 422, "{\"detail\":\"Client error '422 Unprocessable Entity' for url 'URL'\\n" + More + "422\"}")]
    [InlineData("500 Internal Server Error", "x", 500, "{\"detail\":\"Server error '500 Internal Server Error' for url 'URL'\\n" + More + "500\"}")]
    [InlineData("503 Service Unavailable", "", 503, "{\"detail\":\"Server error '503 Service Unavailable' for url 'URL'\\n" + More + "503\"}")]
    [InlineData("302 Found", "", 302, "{\"detail\":\"Redirect response '302 Found' for url 'URL'\\nRedirect location: '/elsewhere'\\n" + More + "302\"}")]
    public async Task Answer_OfTheUpstream_BecomesTheContracts(string status, string body, int expected, string text)
    {
        await using var gateway = await GatewayHost.StartAsync();
        gateway.Stub.Answer = _ => status[0] == '2' && body.Length == 0 && status.StartsWith("204", StringComparison.Ordinal) || status.StartsWith("304", StringComparison.Ordinal)
            ? System.Text.Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\n\r\n")
            : StubUpstream.Reply(status, body, "Location: /elsewhere", "X-Upstream: yes");

        using var answer = await gateway.SendAsync("GET", "/api/airtable/x?q=1", null, Key);

        Assert.Equal(text.Replace("URL", gateway.Stub.Url + "/x?q=1", StringComparison.Ordinal), await answer.TextAsync());
        Assert.Equal(expected, (int)answer.StatusCode);
        Assert.Null(answer.Header("Location"));
        Assert.Null(answer.Header("X-Upstream"));
    }

    [Fact]
    public async Task Answer_404OfTheUpstream_NamesTheGatewaysPath()
    {
        await using var gateway = await GatewayHost.StartAsync();
        gateway.Stub.Answer = static _ => StubUpstream.Reply("404 Not Found", "{}");

        using var answer = await gateway.SendAsync("GET", "/api/airtable/x", null, Key);

        Assert.StartsWith("{\"error\":\"Endpoint not found\",\"path\":\"/api/airtable/x\"", await answer.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_WithRefusedConnection_Answers500AtOnce()
    {
        await using var gateway = await GatewayHost.StartAsync(("AIRTABLE_GATEWAY_URL", $"http://127.0.0.1:{FreePort.Next()}"));

        using var answer = await gateway.SendAsync("GET", "/api/airtable/x", null, Key);

        Assert.Equal(500, (int)answer.StatusCode);
        Assert.Equal("{\"detail\":\"All connection attempts failed\"}", await answer.TextAsync());
    }

    [Fact]
    public async Task Request_WithSilentUpstream_TimesOut()
    {
        await using var gateway = await GatewayHost.StartAsync(("PROXY_TIMEOUT_SECONDS", "1"));
        gateway.Stub.Answer = static _ => null;

        using var answer = await gateway.SendAsync("GET", "/api/airtable/x", null, Key);

        Assert.Equal(500, (int)answer.StatusCode);
        Assert.Equal("{\"detail\":\"Upstream request timed out\"}", await answer.TextAsync());
    }

    [Fact]
    public async Task Request_WithUpstreamThatHangsUp_Answers500()
    {
        await using var gateway = await GatewayHost.StartAsync();
        gateway.Stub.Answer = static _ => [];

        using var answer = await gateway.SendAsync("GET", "/api/airtable/x", null, Key);

        Assert.Equal(500, (int)answer.StatusCode);
        Assert.Equal("{\"detail\":\"Server disconnected without sending a response.\"}", await answer.TextAsync());
    }

    [Fact]
    public async Task Request_WithBodyAboveTheLimit_Answers413()
    {
        await using var gateway = await GatewayHost.StartAsync(("MAX_FILE_SIZE", "100"));

        using var answer = await gateway.SendAsync("POST", "/api/airtable/x", $"\"{new string('a', 100)}\"", Key);

        Assert.Equal(413, (int)answer.StatusCode);
        Assert.Equal("{\"detail\":\"Request Entity Too Large\"}", await answer.TextAsync());
        Assert.NotNull(answer.Header("X-Trace-ID"));
        Assert.Empty(gateway.Stub.Seen);
    }
}
