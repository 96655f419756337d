using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PyAirtable.Gateway.Tests.Compression;

public sealed class CompressionTests
{
    private const string WithKey = "X-API-Key: " + GatewayHost.Key;

    private static readonly string Long = "{\"text\":\"" + string.Concat(Enumerable.Repeat("all that repeats is short in the end ", 100)) + "\"}";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("gzip, deflate, br", "br")]
    [InlineData("gzip, deflate", "gzip")]
    [InlineData("deflate", "deflate")]
    public async Task ProxiedAnswer_ForWhoAsks_IsCompressed(string accept, string coding)
    {
        await using var gateway = await GatewayHost.StartAsync();
        gateway.Stub.Answer = _ => StubUpstream.Reply("200 OK", Long, "ETag: \"one\"", "Vary: X-One", "Accept-Ranges: bytes");

        using var answer = await gateway.SendAsync("GET", "/api/llm/x", null, WithKey, "Accept-Encoding: " + accept);

        Assert.Equal(coding, answer.Header("Content-Encoding"));
        Assert.Equal(Long, await DecodeAsync(answer));
        Assert.Equal("W/\"one\"", answer.Header("ETag"));
        Assert.Contains("Accept-Encoding", answer.Header("Vary"), StringComparison.Ordinal);
        Assert.Contains("Origin", answer.Header("Vary"), StringComparison.Ordinal);
        Assert.Contains("X-One", answer.Header("Vary"), StringComparison.Ordinal);
        Assert.Null(answer.Header("Accept-Ranges"));
        Assert.Equal(accept, gateway.Stub.Last.Header("Accept-Encoding"));
    }

    [Theory]
    [InlineData("/api/airtable/x")]
    [InlineData("/openapi.json")]
    [InlineData("/metrics")]
    [InlineData("/nope")]
    public async Task OwnAnswer_ForWhoAsks_IsCompressed(string path)
    {
        await using var gateway = await GatewayHost.StartAsync();
        gateway.Stub.Answer = _ => StubUpstream.Reply("200 OK", Long);

        using var plain = await gateway.SendAsync("GET", path, null, WithKey);
        using var answer = await gateway.SendAsync("GET", path, null, WithKey, "Accept-Encoding: gzip");

        Assert.Equal("gzip", answer.Header("Content-Encoding"));
        Assert.Contains("Accept-Encoding", answer.Header("Vary"), StringComparison.Ordinal);
        var text = await DecodeAsync(answer);
        if (path != "/metrics")
        {
            Assert.Equal(await plain.TextAsync(), text);
            Assert.NotNull(answer.Header("Content-Length"));
        }
        Assert.Null(plain.Header("Content-Encoding"));
        Assert.DoesNotContain("Accept-Encoding", plain.Header("Vary") ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/", "gzip")]
    [InlineData("GET", "/api/llm/x", "identity")]
    [InlineData("HEAD", "/api/llm/x", "gzip")]
    [InlineData("HEAD", "/openapi.json", "br")]
    public async Task Answer_SmallOrHeadOrNotAskedFor_StaysAsItIs(string method, string path, string accept)
    {
        await using var gateway = await GatewayHost.StartAsync();
        gateway.Stub.Answer = _ => method == "HEAD" ? Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5000\r\n\r\n") : StubUpstream.Reply("200 OK", Long);

        using var answer = await gateway.SendAsync(method, path, null, WithKey, "Accept-Encoding: " + accept);

        Assert.Null(answer.Header("Content-Encoding"));
        Assert.Equal(200, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Answer_WithCompressionOff_StaysAsItIs()
    {
        await using var gateway = await GatewayHost.StartAsync(("COMPRESSION", "false"));
        gateway.Stub.Answer = _ => StubUpstream.Reply("200 OK", Long);

        using var answer = await gateway.SendAsync("GET", "/api/llm/x", null, WithKey, "Accept-Encoding: gzip");

        Assert.Null(answer.Header("Content-Encoding"));
        Assert.Equal(Long, await answer.TextAsync());
    }

    [Fact]
    public async Task ProxiedAnswer_CompressedAlready_PassesUntouched()
    {
        await using var gateway = await GatewayHost.StartAsync();
        gateway.Stub.Answer = _ => StubUpstream.Reply("200 OK", Long, "Content-Encoding: x-own", "ETag: \"one\"");

        using var answer = await gateway.SendAsync("GET", "/api/llm/x", null, WithKey, "Accept-Encoding: gzip");

        Assert.Equal("x-own", answer.Header("Content-Encoding"));
        Assert.Equal("\"one\"", answer.Header("ETag"));
        Assert.Equal(Long, await answer.TextAsync());
    }

    [Theory]
    [InlineData("application/x-ndjson", "gzip")]
    [InlineData("application/x-ndjson", "br")]
    [InlineData("application/x-ndjson", "deflate")]
    [InlineData("text/event-stream", "gzip")]
    public async Task Stream_ChunkByChunk_ArrivesAsItIsSent(string type, string accept)
    {
        using var upstream = new TcpListener(IPAddress.Loopback, 0);
        upstream.Start();
        await using var gateway = await GatewayHost.StartAsync($"http://{upstream.LocalEndpoint}", []);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/llm/x");
        request.Headers.Add("X-API-Key", GatewayHost.Key);
        request.Headers.Add("Accept-Encoding", accept);
        var sending = gateway.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
        using var connection = await upstream.AcceptSocketAsync(Cancel);
        await connection.ReceiveAsync(new byte[4096], Cancel);
        await SendAsync(connection, $"HTTP/1.1 200 OK\r\nContent-Type: {type}\r\nTransfer-Encoding: chunked\r\n\r\n");
        await SendAsync(connection, "7\r\none....\r\n");

        using var answer = await sending;
        await using var body = Decoder(answer, await answer.Content.ReadAsStreamAsync(Cancel));
        var seen = new byte[7];
        await body.ReadExactlyAsync(seen, Cancel);
        Assert.Equal("one....", Encoding.ASCII.GetString(seen));
        await SendAsync(connection, "7\r\ntwo....\r\n");
        await body.ReadExactlyAsync(seen, Cancel);
        Assert.Equal("two....", Encoding.ASCII.GetString(seen));
        await SendAsync(connection, "0\r\n\r\n");

        Assert.Equal(0, await body.ReadAsync(seen, Cancel));
        Assert.Equal(type == "text/event-stream" ? null : accept, answer.Header("Content-Encoding"));
    }

    [Fact]
    public async Task ProxiedAnswer_CutShort_IsNotMadeWhole()
    {
        await using var gateway = await GatewayHost.StartAsync();
        gateway.Stub.Answer = _ => Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 100000\r\n\r\n" + new string('x', 50_000));
        gateway.Stub.HangsUp = true;

        await Assert.ThrowsAnyAsync<HttpRequestException>(async () =>
        {
            using var answer = await gateway.SendAsync("GET", "/api/llm/x", null, WithKey, "Accept-Encoding: gzip");
        });
    }

    [Fact]
    public async Task ProxiedAnswer_OfManyMegabytes_ComesWhole()
    {
        var bytes = new byte[20 << 20];
        new Random(1).NextBytes(bytes.AsSpan(0, bytes.Length / 2));
        await using var gateway = await GatewayHost.StartAsync();
        var head = Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: {bytes.Length}\r\n\r\n");
        gateway.Stub.Answer = _ => [.. head, .. bytes];

        using var answer = await gateway.SendAsync("GET", "/api/llm/x", null, WithKey, "Accept-Encoding: br");
        await using var body = Decoder(answer, await answer.Content.ReadAsStreamAsync(Cancel));
        using var whole = new MemoryStream();
        await body.CopyToAsync(whole, Cancel);

        Assert.Equal("br", answer.Header("Content-Encoding"));
        Assert.True(bytes.AsSpan().SequenceEqual(whole.ToArray()));
    }

    private static Task<int> SendAsync(Socket connection, string text) => connection.SendAsync(Encoding.ASCII.GetBytes(text), Cancel).AsTask();

    private static Stream Decoder(HttpResponseMessage answer, Stream body) => answer.Header("Content-Encoding") switch
    {
        "br" => new BrotliStream(body, CompressionMode.Decompress),
        "gzip" => new GZipStream(body, CompressionMode.Decompress),
        "deflate" => new ZLibStream(body, CompressionMode.Decompress),
        _ => body,
    };

    private static async Task<string> DecodeAsync(HttpResponseMessage answer)
    {
        using var reader = new StreamReader(Decoder(answer, await answer.Content.ReadAsStreamAsync(Cancel)));
        return await reader.ReadToEndAsync(Cancel);
    }
}
