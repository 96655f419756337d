using System.Text;
using PyAirtable.Gateway.Http1;

namespace PyAirtable.Gateway.Tests.Http1;

public sealed class ResponseHeadTests
{
    [Theory]
    [InlineData("200 OK", 200, "OK", "OK")]
    [InlineData("200", 200, "", "OK")]
    [InlineData("404 ", 404, "", "Not Found")]
    [InlineData("299 Odd one", 299, "Odd one", "Odd one")]
    [InlineData("200 \u00d6K", 200, "\u00d6K", "OK")]
    [InlineData("299 ", 299, "", "")]
    public void Read_StatusLine_IsTaken(string line, int status, string reason, string phrase)
    {
        var head = Read($"HTTP/1.1 {line}\r\n\r\n");
        Assert.Equal((status, reason, phrase), (head!.Status, head.Reason, head.Phrase));
    }

    [Theory]
    [InlineData("", "until close", true)]
    [InlineData("Content-Length: 5\r\n", "length", true)]
    [InlineData("Content-Length: 0\r\n", "none", true)]
    [InlineData("content-length:\t5 \r\n", "length", true)]
    [InlineData("Transfer-Encoding: Chunked\r\n", "chunked", true)]
    [InlineData("Connection: close\r\nContent-Length: 5\r\n", "length", false)]
    [InlineData("Connection: X-A, Close\r\nContent-Length: 5\r\n", "length", false)]
    [InlineData("Connection: keep-alive\r\nContent-Length: 5\r\n", "length", true)]
    public void Read_Framing_IsFound(string headers, string framing, bool keepsAlive)
    {
        var head = Read($"HTTP/1.1 200 OK\r\n{headers}\r\n")!;
        Assert.Equal(framing.Replace(" ", "", StringComparison.Ordinal), head.Framing(toHead: false).ToString(), ignoreCase: true);
        Assert.Equal(keepsAlive, head.KeepsAlive);
        Assert.Equal(BodyFraming.None, head.Framing(toHead: true));
    }

    [Theory]
    [InlineData("HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\n", false)]
    [InlineData("HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\nContent-Length: 5\r\n\r\n", true)]
    public void Read_Http10_KeepsOnlyWhenAsked(string text, bool keepsAlive) => Assert.Equal(keepsAlive, Read(text)!.KeepsAlive);

    [Theory]
    [InlineData("204")]
    [InlineData("304")]
    [InlineData("100")]
    public void Read_StatusWithoutBody_HasNone(string status) =>
        Assert.Equal(BodyFraming.None, Read($"HTTP/1.1 {status}\r\nContent-Length: 5\r\n\r\n")!.Framing(toHead: false));

    [Theory]
    [InlineData("HTTP/2 200 OK\r\n\r\n")]
    [InlineData("HTTP/1.1 2000 OK\r\n\r\n")]
    [InlineData("HTTP/1.1 099 OK\r\n\r\n")]
    [InlineData("HTTP/1.1 20 OK\r\n\r\n")]
    [InlineData("HTTP/1.1 200 O\rK\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\nX: a\n\n")]
    [InlineData("HTTP/1.1 200 OK\r\nX-A : a\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\n X-A: a\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\n: a\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nX-A\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nX-A: a\nb\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nX-A: a\0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1, 1\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length:\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 9999999999999999999\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n")]
    [InlineData("HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")]
    public void Read_WhatIsNoHead_Refuses(string text) => Assert.Null(Read(text));

    [Fact]
    public void Read_Headers_KeepsWhatIsTheClients()
    {
        var head = Read("HTTP/1.1 200 OK\r\nSet-Cookie: a\r\nServer: x\r\nconnection: X-Hop, keep-alive\r\nX-Hop: 1\r\nset-cookie: b\r\nAccess-Control-Odd: 1\r\nx-own:  v \r\n\r\n")!;
        Assert.Equal(["Set-Cookie: a", "Set-Cookie: b", "x-own: v"], head.Lines.ToArray().Select(static line => $"{line.Name}: {line.Value}"));
    }

    [Fact]
    public void Read_AnotherAnswer_KeepsNothingOfTheLast()
    {
        var head = new ResponseHead();
        head.Read("HTTP/1.1 200 OK\r\nX-A: 1\r\nContent-Length: 5\r\nConnection: close\r\n\r\n"u8);
        head.Read("HTTP/1.1 404 Gone\r\nX-A: 2\r\n\r\n"u8);

        Assert.Equal((404, "Gone", null, true), (head.Status, head.Reason, head.ContentLength, head.KeepsAlive));
        Assert.Equal("2", Assert.Single(head.Lines.ToArray()).Value);
    }

    [Fact]
    public void Read_EveryPrefix_WaitsForMore()
    {
        var text = "HTTP/1.1 200 OK\r\nX-A: 1\r\nContent-Length: 5\r\n\r\nabc"u8;
        var head = new ResponseHead();
        var end = text.Length - 3;
        for (var length = 1; length < end; length++)
        {
            Assert.Equal(0, head.Read(text[..length]));
        }
        Assert.Equal(end, head.Read(text));
    }

    private static ResponseHead? Read(string text)
    {
        var head = new ResponseHead();
        try
        {
            Assert.Equal(text.Length, head.Read(Encoding.Latin1.GetBytes(text)));
            return head;
        }
        catch (InvalidAnswerException)
        {
            return null;
        }
    }
}
