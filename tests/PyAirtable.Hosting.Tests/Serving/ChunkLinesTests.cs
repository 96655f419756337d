using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Serving;
using PyAirtable.Testing;

namespace PyAirtable.Hosting.Tests.Serving;

public sealed class ChunkLinesTests
{
    // What is left of the line of a chunk of "3;" and CRLF.
    private const int MostExtension = 4096 - 4;
    private const string Refused = "400 refused";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Body in chunks, and what is read of it; null where it is refused, for its last byte.</summary>
    public static TheoryData<string, string?> Bodies => new()
    {
        { "3\r\nabc\r\n0\r\n\r\n", "abc" },
        { "3;" + Letters(MostExtension) + "\r\nabc\r\n0\r\n\r\n", "abc" },
        { "3;" + Letters(MostExtension + 1) + "\r\n", null },
        { "3\r\nabc\r\n3;" + Letters(MostExtension + 1) + "\r\n", null },
        { "3\r\nabc\r\n0;" + Letters(MostExtension + 1) + "\r\n", null },
        { "3;" + Letters(MostExtension + 3), null },
        { "3;" + Letters(MostExtension) + "\r\nabc\r\n2;" + Letters(MostExtension) + "\r\nde\r\n0;" + Letters(MostExtension) + "\r\n\r\n", "abcde" },
        { "1F\r\n;\r\n0\n;" + Letters(25) + "\r\n1f\r\n" + Letters(31) + "\r\n0\r\n\r\n", ";\r\n0\n;" + Letters(25) + Letters(31) },
        { "1388\r\n" + Letters(5000) + "\r\n0\r\n\r\n", Letters(5000) },
        { "3\r\nabc\r\n0\r\nX-Trailer: " + Letters(5000) + "\r\n\r\n", "abc" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Body_InOnePiece_IsReadUnlessALineIsTooLong(string body, string? expected)
    {
        await using var host = await StartAsync();
        using var socket = await ConnectAsync(host);

        await socket.SendAsync(Encoding.Latin1.GetBytes(Post(body, "close")), Cancel);

        Assert.Equal([expected is null ? Refused : "200 " + expected], await ReadToEndAsync(socket));
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Body_ByteByByte_IsReadUnlessALineIsTooLong(string body, string? expected)
    {
        await using var host = await StartAsync();
        using var socket = await ConnectAsync(host);

        foreach (var letter in Post(body, "close"))
        {
            await socket.SendAsync(new[] { (byte)letter }, Cancel);
        }

        Assert.Equal([expected is null ? Refused : "200 " + expected], await ReadToEndAsync(socket));
    }

    [Fact]
    public async Task Bodies_OneAfterTheOther_AreEachWatchedFromTheirStart()
    {
        await using var host = await StartAsync();
        using var socket = await ConnectAsync(host);
        var good = Post("2;" + Letters(MostExtension) + "\r\nok\r\n0\r\n\r\n", "keep-alive");
        var plain = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5002\r\n\r\n3;" + Letters(5000);

        await socket.SendAsync(Encoding.Latin1.GetBytes(good + plain + good + Post("2;" + Letters(MostExtension + 1) + "\r\n", "keep-alive")), Cancel);

        Assert.Equal(["200 ok", "200 3;" + Letters(5000), "200 ok", Refused], await ReadToEndAsync(socket));
    }

    private static string Letters(int count) => new('a', count);

    private static string Post(string body, string connection) => $"POST / HTTP/1.1\r\nHost: x\r\nConnection: {connection}\r\nTransfer-Encoding: chunked\r\n\r\n{body}";

    private static Task<ServiceHost> StartAsync() => ServiceHost.StartAsync((_, _) => _ => [new TestModule("test", EchoAsync) { MaxRequestBodyBytes = 100_000 }]);

    private static async Task EchoAsync(RequestContext request)
    {
        var body = "refused";
        try
        {
            using var reader = new StreamReader(request.Http.Request.Body);
            body = await reader.ReadToEndAsync(request.Aborted);
        }
        catch (BadHttpRequestException refused)
        {
            request.Http.Response.StatusCode = refused.StatusCode;
        }
        request.Http.Response.ContentLength = body.Length;
        await request.Http.Response.WriteAsync(body);
    }

    private static async Task<Socket> ConnectAsync(ServiceHost host)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, new Uri(host.Urls["test"]).Port, Cancel);
        return socket;
    }

    // Status and body of each answer, to the connection's end.
    private static async Task<string[]> ReadToEndAsync(Socket socket)
    {
        var (text, buffer) = (new StringBuilder(), new byte[16 * 1024]);
        while (await socket.ReceiveAsync(buffer, Cancel) is > 0 and var count)
        {
            text.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }
        return [.. text.ToString().Split("HTTP/1.1 ", StringSplitOptions.RemoveEmptyEntries).Select(answer => $"{answer[..3]} {answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]}")];
    }
}
