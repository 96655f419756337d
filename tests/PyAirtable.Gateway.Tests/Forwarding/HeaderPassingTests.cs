using System.Collections.Concurrent;
using PyAirtable.Gateway.Tests.Wire;

namespace PyAirtable.Gateway.Tests.Forwarding;

/// <summary>Which header lines pass, in which form; both ways, on the wire.</summary>
public sealed class HeaderPassingTests
{
    private const string Path = "/api/llm/x";

    public static TheoryData<string, string, string> RequestHops => new()
    {
        { "Connection: X-Hop\r\nX-Hop: 1\r\n", "X-Hop", "" },
        { "Connection: X-Hop\r\nConnection: x-other\r\nX-Hop: 1\r\nX-Other: 1\r\n", "X-Hop X-Other", "" },
        { "Connection: ,, x-HOP ,\r\nX-Hop: 1\r\n", "X-Hop", "" },
        { "Keep-Alive: timeout=5\r\n", "Keep-Alive", "" },
        { "Proxy-Connection: keep-alive\r\n", "Proxy-Connection", "" },
        { "Proxy-Authorization: Basic x\r\n", "Proxy-Authorization", "" },
        { "TE: trailers\r\n", "TE", "" },
        { "Trailer: X-T\r\n", "Trailer", "" },
        { "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\n", "Upgrade HTTP2-Settings", "" },
        { "Upgrade: anything\r\n", "Upgrade", "" },
        { "Connection: Host\r\n", "", "Host" },
        { "Connection: Content-Length\r\n", "", "Content-Length" },
        { "Connection: Host, Content-Length, X-Trace-ID\r\nX-Trace-ID: a\r\n", "", "Host Content-Length X-Trace-ID" },
        { "Connection: X-Forwarded-For, X-Forwarded-Proto, X-Forwarded-Host, X-Request-ID\r\n", "", "X-Forwarded-For X-Forwarded-Proto X-Forwarded-Host X-Request-ID" },
    };

    public static TheoryData<string, string> AnswerHops => new()
    {
        { "Connection: X-Hop\r\nX-Hop: 1\r\n", "X-Hop" },
        { "Connection: X-Hop\r\nConnection: X-Other\r\nX-Hop: 1\r\nX-Other: 1\r\n", "X-Hop X-Other" },
        { "Connection: keep-alive, X-Hop\r\nX-Hop: 1\r\n", "X-Hop Connection" },
        { "Keep-Alive: timeout=5, max=100\r\n", "Keep-Alive" },
        { "Proxy-Connection: keep-alive\r\n", "Proxy-Connection" },
        { "Proxy-Authenticate: Basic\r\n", "Proxy-Authenticate" },
        { "Trailer: X-T\r\n", "Trailer" },
        { "Upgrade: h2c\r\nConnection: Upgrade\r\n", "Upgrade Connection" },
        { "TE: trailers\r\n", "TE" },
        { "Server: secret/1\r\n", "Server" },
    };

    [Theory]
    [MemberData(nameof(RequestHops))]
    public async Task Request_WithHeadersOfItsConnection_GoesUpWithoutThem(string headers, string gone, string kept)
    {
        var (seen, answer) = await ExchangeAsync(FaultyUpstream.Reply("{}"), "POST", headers, "abc");

        Assert.Equal(200, answer.Status);
        Assert.Equal("abc", seen.Body);
        Assert.All(Names(gone), name => Assert.Null(seen.Header(name)));
        Assert.All(Names(kept), name => Assert.NotNull(seen.Header(name)));
        Assert.DoesNotContain("hop", seen.Header("Connection") ?? "", StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [MemberData(nameof(AnswerHops))]
    public async Task Answer_WithHeadersOfItsConnection_ArrivesWithoutThem(string headers, string gone)
    {
        var (_, answer) = await ExchangeAsync(FaultyUpstream.Reply("{}", headers + "X-End: 1\r\n"));

        Assert.Equal("{}", answer.Body);
        Assert.Equal("1", answer.Header("X-End"));
        Assert.All(Names(gone), name => Assert.Null(answer.Header(name)));
    }

    [Fact]
    public async Task Answer_ThatNamesOurHeadersAsItsConnections_KeepsThem()
    {
        var (_, answer) = await ExchangeAsync(FaultyUpstream.Reply("{}", "Connection: X-Trace-ID, X-Frame-Options, Content-Length, Date\r\n"));

        Assert.Equal("{}", answer.Body);
        Assert.True(answer.IsWhole);
        Assert.All((string[])["X-Trace-ID", "X-Frame-Options", "Date"], name => Assert.NotNull(answer.Header(name)));
    }

    [Fact]
    public async Task Answer_WithSeveralCookies_KeepsEachOneAndTheirOrder()
    {
        var cookies = Enumerable.Range(0, 20).Select(i => $"c{i}=a, b; Expires=Wed, 21 Oct 2026 07:28:00 GMT").ToArray();
        var (_, answer) = await ExchangeAsync(FaultyUpstream.Reply("{}", string.Concat(cookies.Select(cookie => $"Set-Cookie: {cookie}\r\n"))));

        Assert.Equal(string.Join('|', cookies), answer.Header("Set-Cookie"));
    }

    [Fact]
    public async Task Headers_Repeated_KeepTheirValuesAndOrder()
    {
        var (seen, answer) = await ExchangeAsync(FaultyUpstream.Reply("{}", "X-A: 1\r\nX-B: 2\r\nX-A: 3\r\n"), headers: "X-A: 1\r\nX-B: 2\r\nX-A: 3\r\nCookie: a=b; c=d\r\n");

        Assert.Equal("1, 3", seen.Header("X-A")?.Replace("|", ", ", StringComparison.Ordinal));
        Assert.Equal("1, 3", answer.Header("X-A")?.Replace("|", ", ", StringComparison.Ordinal));
        Assert.Equal("a=b; c=d", seen.Header("Cookie"));
    }

    [Fact]
    public async Task Headers_BeyondAscii_KeepTheirBytes()
    {
        const string Value = "\u00c3\u00a9\u00ff\u0080x";
        var (seen, answer) = await ExchangeAsync(FaultyUpstream.Reply("{}", $"X-A: {Value}\r\nLocation: /{Value}\r\n"), headers: $"X-A: {Value}\r\nReferer: /{Value}\r\n");

        Assert.Equal(Value, seen.Header("X-A"));
        Assert.Equal("/" + Value, seen.Header("Referer"));
        Assert.Equal(Value, answer.Header("X-A"));
        Assert.Equal("/" + Value, answer.Header("Location"));
    }

    [Fact]
    public async Task Headers_WithoutAValue_Pass()
    {
        var (seen, answer) = await ExchangeAsync(FaultyUpstream.Reply("{}", "X-A:\r\nX-B:  \t\r\n"), headers: "X-A:\r\nX-B:  \t\r\n");

        Assert.Equal(("", ""), (seen.Header("X-A"), seen.Header("X-B")));
        Assert.Equal(("", ""), (answer.Header("X-A"), answer.Header("X-B")));
    }

    [Fact]
    public async Task Headers_OfValidators_PassAsTheyAreWritten()
    {
        const string Sent = "If-Modified-Since: yesterday\r\nIf-None-Match: W/\"a\", b\r\nRange: bytes=0-\r\nAccept: a;q=x\r\nContent-Type: no type\r\nAuthorization: \r\nUser-Agent: a (b\r\n";
        const string Got = "Last-Modified: yesterday\r\nETag: a\r\nExpires: 0\r\nRetry-After: soon\r\nContent-Language: ,\r\nContent-Encoding: gzip\r\nCache-Control: a b\r\nDate: now\r\n";
        var (seen, answer) = await ExchangeAsync(FaultyUpstream.Reply("{}", Got), "POST", Sent, "abc");

        Assert.All(Sent.Split("\r\n", StringSplitOptions.RemoveEmptyEntries), line => Assert.Equal(line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..], seen.Header(line.Split(':')[0])));
        Assert.All(Got.Split("\r\n", StringSplitOptions.RemoveEmptyEntries), line => Assert.Equal(line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..], answer.Header(line.Split(':')[0])));
    }

    [Fact]
    public async Task Trailers_OfBothSides_AreDropped()
    {
        var (seen, answer) = await ExchangeAsync(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-T\r\n\r\n2\r\n{}\r\n0\r\nX-T: 1\r\n\r\n",
            "POST",
            "Trailer: X-T\r\nTransfer-Encoding: chunked\r\n",
            chunks: "3\r\nabc\r\n0\r\nX-T: 1\r\nX-API-Key: other\r\n\r\n");

        Assert.Equal(("abc", "{}"), (seen.Body, answer.Body));
        Assert.Equal((null, null), (seen.Header("X-T"), answer.Header("X-T")));
        Assert.True(seen.IsWhole && answer.IsWhole);
    }

    [Theory]
    [InlineData("HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 1234\r\nETag: \"a\"\r\n\r\n", 200, "1234")]
    [InlineData("HEAD", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nETag: \"a\"\r\n\r\n", 200, null)]
    [InlineData("GET", "HTTP/1.1 204 No Content\r\nETag: \"a\"\r\n\r\n", 204, null)]
    [InlineData("GET", "HTTP/1.1 304 Not Modified\r\nETag: \"a\"\r\n\r\n", 304, null)]
    [InlineData("GET", "HTTP/1.1 205 Reset Content\r\nETag: \"a\"\r\nContent-Length: 0\r\n\r\n", 205, "0")]
    [InlineData("DELETE", "HTTP/1.1 200 OK\r\nETag: \"a\"\r\nContent-Length: 0\r\n\r\n", 200, "0")]
    public async Task Answer_WithoutABody_LeavesTheConnectionForTheNext(string method, string reply, int status, string? length)
    {
        await using var upstream = FaultyUpstream.Saying(reply);
        await using var gateway = await GatewayHost.StartAsync(upstream.Url, []);
        using var client = await WireConnection.ConnectAsync(gateway);

        for (var i = 0; i < 3; i++)
        {
            var answer = await client.AskAsync(method, Path);
            Assert.Equal(status, answer?.Status);
            Assert.Equal("\"a\"", answer?.Header("ETag"));
            Assert.Equal(length, answer?.Header("Content-Length"));
        }
        Assert.Equal(1, upstream.Connections);
    }

    [Theory]
    [InlineData("GET", "", null, null)]
    [InlineData("DELETE", "", null, null)]
    [InlineData("TRACE", "", null, null)]
    [InlineData("POST", "Content-Length: 0\r\n", "0", null)]
    [InlineData("PUT", "Content-Length: 3\r\n\r\nabc", "3", null)]
    [InlineData("GET", "Content-Length: 3\r\n\r\nabc", "3", null)]
    [InlineData("POST", "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", null, "chunked")]
    public async Task Request_FramedInOneWay_KeepsIt(string method, string framing, string? length, string? coding)
    {
        var (seen, answer) = await ExchangeAsync(FaultyUpstream.Reply("{}"), method, framing.Contains("\r\n\r\n", StringComparison.Ordinal) ? framing[..(framing.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 2)] : framing, chunks: framing[(framing.IndexOf("\r\n\r\n", StringComparison.Ordinal) is var end and >= 0 ? end + 4 : framing.Length)..]);

        Assert.Equal(200, answer.Status);
        Assert.Equal((length, coding), (seen.Header("Content-Length"), seen.Header("Transfer-Encoding")));
        Assert.Equal(framing.Contains("abc", StringComparison.Ordinal) ? "abc" : "", seen.Body);
    }

    private static string[] Names(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static async Task<(WireMessage Seen, WireMessage Answer)> ExchangeAsync(string reply, string method = "GET", string headers = "", string? body = null, string chunks = "")
    {
        var seen = new ConcurrentQueue<WireMessage>();
        await using var upstream = new FaultyUpstream(async connection =>
        {
            while (await connection.ReadAsync() is { } request)
            {
                seen.Enqueue(request);
                await connection.SendAsync(reply);
            }
        });
        await using var gateway = await GatewayHost.StartAsync(upstream.Url, []);
        using var client = await WireConnection.ConnectAsync(gateway);

        await client.RequestAsync(method, Path, headers, body);
        await client.SendAsync(chunks);
        var answer = await client.ReadFinalAsync(method == "HEAD");

        return (Assert.Single(seen), Assert.IsType<WireMessage>(answer));
    }
}
