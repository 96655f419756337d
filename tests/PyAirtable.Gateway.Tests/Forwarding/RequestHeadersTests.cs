using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using PyAirtable.Gateway.Forwarding;
using PyAirtable.Gateway.Http1;
using PyAirtable.Gateway.Upstreams;
using PyAirtable.Hosting.Security;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Gateway.Tests.Forwarding;

/// <summary>The rules hold for both that write a head: on bytes, and in place for a library or a module of this process.</summary>
public sealed class RequestHeadersTests
{
    private static readonly UpstreamEndpoint Endpoint = UpstreamEndpoint.ParseList("http://upstream:1")[0];

    public static TheoryData<string, string> Rows
    {
        get
        {
            string[] rows =
            [
                "",
                "X-Forwarded-Proto: ",
                "X-Forwarded-Proto: https",
                "X-Forwarded-Proto: https|X-Forwarded-Proto: http",
                "X-Forwarded-Proto: |X-Forwarded-Proto: https",
                "X-Forwarded-Host: ",
                "X-Forwarded-Host: a|X-Forwarded-Host: b",
                "X-Forwarded-For: ",
                "X-Forwarded-For: 1.2.3.4",
                "X-Forwarded-For: 1.2.3.4, 5.6.7.8|X-Forwarded-For: |X-Forwarded-For: 9.9.9.9",
                "X-Forwarded-For: 1.2.3.4|Connection: X-Forwarded-For",
                "X-Forwarded-Port: 1|x-forwarded-user: root|X-Real-IP: 1.2.3.4|Forwarded: for=1.2.3.4",
                "X-Forwarded-User: root|Connection: X-Forwarded-User",
                "Connection: X-Hop, x-other|X-Hop: 1|X-Other: 2|X-Kept: 3",
                "Connection: X-Hop|Connection: |X-Hop: 1",
                "Connection: close|X-Kept: 1",
                "Connection: X-API-Key, Authorization, Cookie|X-API-Key: a|Authorization: b|Cookie: c",
                "Connection: X-Trace-ID, X-Request-ID|X-Trace-ID: a|X-Request-ID: b",
                "Connection: traceparent|traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01|tracestate: a=b",
                "traceparent: nonsense|tracestate: a=b",
                "Keep-Alive: a|Proxy-Connection: a|Proxy-Authorization: a|Proxy-Authenticate: a|TE: a|Trailer: a|HTTP2-Settings: a|X-Content-Length: 5",
                "X-A: 1|X-B: 2|X-A: 3|X-Empty: ",
            ];
            var data = new TheoryData<string, string>();
            foreach (var row in rows)
            {
                data.Add(row, "*");
                data.Add(row, "10.0.0.9");
                data.Add(row, "10.0.0.8");
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Head_OnBytesAndInPlace_IsTheSame(string headers, string trusted)
    {
        Assert.True(TrustedPeers.TryParse(trusted, out var peers));
        Assert.Equal(InPlace(Request(headers), peers), OnBytes(Request(headers), peers));
    }

    [Theory]
    [InlineData("X-Forwarded-Proto: ", "10.0.0.9", "X-Forwarded-Proto", "http")]
    [InlineData("X-Forwarded-Proto: https", "10.0.0.9", "X-Forwarded-Proto", "https")]
    [InlineData("X-Forwarded-Proto: https", "10.0.0.8", "X-Forwarded-Proto", "http")]
    [InlineData("X-Forwarded-Host: ", "10.0.0.9", "X-Forwarded-Host", "gateway")]
    [InlineData("X-Forwarded-For: ", "10.0.0.9", "X-Forwarded-For", "10.0.0.9")]
    [InlineData("X-Forwarded-For: 1.2.3.4|Connection: X-Forwarded-For", "10.0.0.9", "X-Forwarded-For", "1.2.3.4, 10.0.0.9")]
    [InlineData("X-Forwarded-For: 1.2.3.4", "10.0.0.8", "X-Forwarded-For", "10.0.0.9")]
    [InlineData("X-Forwarded-User: root", "10.0.0.9", "X-Forwarded-User", "root")]
    [InlineData("X-Forwarded-User: root", "10.0.0.8", "X-Forwarded-User", null)]
    [InlineData("Connection: Cookie|Cookie: c", "10.0.0.8", "Cookie", "c")]
    [InlineData("Connection: X-Hop|X-Hop: c", "10.0.0.9", "X-Hop", null)]
    public void Header_WithARule_GoesOnByIt(string headers, string trusted, string name, string? expected)
    {
        Assert.True(TrustedPeers.TryParse(trusted, out var peers));
        var lines = OnBytes(Request(headers), peers).Where(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase)).Select(line => line[(name.Length + 2)..]);
        Assert.Equal(expected, lines.SingleOrDefault());
    }

    private static RequestContext Request(string headers)
    {
        var http = new DefaultHttpContext();
        (http.Request.Method, http.Request.Scheme, http.Request.Host) = ("GET", "http", new HostString("gateway"));
        http.Connection.RemoteIpAddress = IPAddress.Parse("10.0.0.9");
        http.Response.Headers["X-Request-ID"] = "request";
        foreach (var line in headers.Split('|', StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = line.IndexOf(": ", StringComparison.Ordinal);
            http.Request.Headers.Append(line[..colon], line[(colon + 2)..]);
        }
        return new RequestContext { Http = http, TraceId = "trace" };
    }

    private static List<string> OnBytes(RequestContext request, TrustedPeers trusted)
    {
        var bytes = RequestBytes.Rent();
        RequestHead.Write(ref bytes, request, Endpoint, new RawTarget("/x", ""), trusted, chunked: false);
        var text = Encoding.Latin1.GetString(bytes.Written.Span);
        bytes.Dispose();
        Assert.StartsWith("GET /x HTTP/1.1\r\nHost: upstream:1\r\n", text, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", text, StringComparison.Ordinal);
        return [.. text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(2).Select(InLowerCase).Order(StringComparer.Ordinal)];
    }

    private static List<string> InPlace(RequestContext request, TrustedPeers trusted)
    {
        UpstreamHead.Rewrite(request, trusted);
        return
        [
            .. request.Http.Request.Headers
                .Where(static header => header.Key is not ("Host" or "Connection"))
                .SelectMany(static header => header.Value, static (header, value) => InLowerCase($"{header.Key}: {value}"))
                .Order(StringComparer.Ordinal),
        ];
    }

    private static string InLowerCase(string line) => line[..line.IndexOf(':', StringComparison.Ordinal)].ToLowerInvariant() + line[line.IndexOf(':', StringComparison.Ordinal)..];
}
