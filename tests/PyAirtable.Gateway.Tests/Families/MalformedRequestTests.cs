namespace PyAirtable.Gateway.Tests.Families;

public sealed class MalformedRequestTests
{
    private const string Key = "X-API-Key: " + GatewayHost.Key + "\r\n";

    public static TheoryData<string, string, string> Requests => new()
    {
        { "both lengths", "POST /api/llm/x HTTP/1.1\r\nHost: x\r\n" + Key + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n", "400" },
        { "two lengths", "POST /api/llm/x HTTP/1.1\r\nHost: x\r\n" + Key + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab", "400" },
        { "two hosts", "GET /api/llm/x HTTP/1.1\r\nHost: x\r\nHost: y\r\n" + Key + "\r\n", "400" },
        { "no host", "GET /api/llm/x HTTP/1.1\r\n" + Key + "\r\n", "400" },
        { "bare line", "nonsense\r\n\r\n", "400" },
        { "blank in header name", "GET /health HTTP/1.1\r\nHost: x\r\nX-A : b\r\n\r\n", "400" },
        { "unknown coding", "POST /api/llm/x HTTP/1.1\r\nHost: x\r\n" + Key + "Transfer-Encoding: gzip\r\n\r\n", "400" },
        { "bad chunk", "POST /api/airtable/x HTTP/1.1\r\nHost: x\r\n" + Key + "Transfer-Encoding: chunked\r\n\r\nzz\r\n", "400" },
        { "bad chunk of a proxy route", "POST /api/llm/x HTTP/1.1\r\nHost: x\r\n" + Key + "Transfer-Encoding: chunked\r\n\r\nzz\r\n", "400" },
        { "asterisk", "OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "404" },
        { "connect", "CONNECT x:443 HTTP/1.1\r\nHost: x:443\r\nConnection: close\r\n\r\n", "404" },
        { "absolute target with dots", "GET http://x/api/llm/../y HTTP/1.1\r\nHost: x\r\n" + Key + "Connection: close\r\n\r\n", "404" },
        { "bad escape", "GET /api/llm/%zz HTTP/1.1\r\nHost: x\r\n" + Key + "Connection: close\r\n\r\n", "200" },
        { "invalid UTF-8 escape", "GET /nope/%ff%fe HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "404" },
        { "zero byte", "GET /api/airtable/%00 HTTP/1.1\r\nHost: x\r\n" + Key + "Connection: close\r\n\r\n", "400" },
        { "origin beyond ASCII", "GET /health HTTP/1.1\r\nHost: x\r\nOrigin: http://é\r\nConnection: close\r\n\r\n", "200" },
        { "ids beyond ASCII", "GET /api/llm/x HTTP/1.1\r\nHost: x\r\n" + Key + "X-Trace-ID: é\r\nX-Request-ID: ü\r\nCookie: a=ö\r\nConnection: close\r\n\r\n", "200" },
        { "key beyond ASCII", "GET /api/llm/x HTTP/1.1\r\nHost: x\r\nX-API-Key: é\r\nConnection: close\r\n\r\n", "401" },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Gateway_MalformedOrOddRequest_IsNeverAFailureOfItsOwn(string name, string request, string status)
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var connection = new RawConnection(gateway.Port);

        var answer = await connection.SendAsync(request);

        Assert.True(answer.StartsWith("HTTP/1.1 " + status, StringComparison.Ordinal), $"{name}: {answer}");
        Assert.DoesNotContain(gateway.Stub.Seen, seen => seen.Target.Contains("smuggled", StringComparison.Ordinal));
    }
}
