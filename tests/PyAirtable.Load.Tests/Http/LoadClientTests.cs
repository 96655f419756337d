using System.Net;
using System.Text;
using PyAirtable.Load.Http;
using PyAirtable.Load.Loop;
using PyAirtable.Testing;

namespace PyAirtable.Load.Tests.Http;

public sealed class LoadClientTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    [Fact]
    public void SendAsync_AnswerInPieces_IsPutTogether()
    {
        using var server = new OneAnswerServer("\r\n\r\n", _ => ["HTTP/1.1 200 OK\r\nTransfer-Enc", "oding: chunked\r\n\r\n3\r\nab", "c\r\n2\r\nde\r\n", "0\r\n\r\n"]);

        Assert.Equal((200, "abcde"), Send(server.Address, HttpCall.Get("/x")));
    }

    [Fact]
    public void SendAsync_Request_HasKeyTokenAndBody()
    {
        var seen = "";
        using var server = new OneAnswerServer("{}", request =>
        {
            seen = request;
            return [Ok];
        });

        Send(server.Address, HttpCall.Post("/a?b=c", "{}", token: "t1"));

        Assert.Equal("POST /a?b=c HTTP/1.1\r\nHost: there:80\r\nX-API-Key: k1\r\nUser-Agent: pyairtable-load\r\nAccept: */*\r\nAuthorization: Bearer t1\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}", seen);
    }

    [Fact]
    public void SendAsync_BodyLargerThanTheSocketTakes_ArrivesWhole()
    {
        var length = 0;
        using var server = new OneAnswerServer("END", request =>
        {
            length = request.Length - request.IndexOf("\r\n\r\n", StringComparison.Ordinal) - 4;
            return [Ok];
        });
        var body = Encoding.ASCII.GetBytes(new string('x', 8_000_000) + "END");

        Assert.Equal((200, "ok"), Send(server.Address, HttpCall.Post("/", body)));

        Assert.Equal(body.Length, length);
    }

    [Fact]
    public void SendAsync_SecondRequest_UsesTheSameConnection()
    {
        using var server = new OneAnswerServer("\r\n\r\n", _ => [Ok]);

        LoadLoop.Run(async loop =>
        {
            using var client = new LoadClient(loop, server.Address, "there:80", "k1", 1);
            Assert.Equal([200, 200, 200], (await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => client.SendAsync(HttpCall.Get("/")).AsTask()))).Select(answer => answer.Status));
            return 0;
        });

        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public void SendAsync_ServerCloses_FailsAndConnectsAnew()
    {
        var first = true;
        using var server = new OneAnswerServer("\r\n\r\n", _ =>
        {
            var pieces = first ? Array.Empty<string>() : [Ok];
            first = false;
            return pieces;
        });

        LoadLoop.Run(async loop =>
        {
            using var client = new LoadClient(loop, server.Address, "there:80", "k1", 1);
            Assert.Equal("closed by the server", (await client.SendAsync(HttpCall.Get("/"))).Failure);
            Assert.Equal(200, (await client.SendAsync(HttpCall.Get("/"))).Status);
            return 0;
        });
    }

    [Fact]
    public void SendAsync_NobodyListens_IsAFailure()
    {
        LoadLoop.Run(async loop =>
        {
            using var client = new LoadClient(loop, new IPEndPoint(IPAddress.Loopback, FreePort.Next()), "there:80", "k1", 1);
            Assert.Equal("connection refused", (await client.SendAsync(HttpCall.Get("/"))).Failure);
            return 0;
        });
    }

    private static (int Status, string Body) Send(IPEndPoint server, HttpCall call) => LoadLoop.Run(async loop =>
    {
        using var client = new LoadClient(loop, server, "there:80", "k1", 1);
        var answer = await client.SendAsync(call);
        return (answer.Status, Encoding.ASCII.GetString(answer.Body.Span));
    });
}
