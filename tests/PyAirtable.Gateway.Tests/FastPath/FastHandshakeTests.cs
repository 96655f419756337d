using System.IO.Pipelines;
using System.Text;
using PyAirtable.Gateway.FastPath;

namespace PyAirtable.Gateway.Tests.FastPath;

public sealed class FastHandshakeTests
{
    private const string Key = "dGhlIHNhbXBsZSBub25jZQ==";

    // RFC 6455, 1.3.
    [Fact]
    public async Task WriteAnswer_ToTheStandardsKey_IsTheStandardsAnswer()
    {
        var handshake = Read(("Connection", "Upgrade"), ("Upgrade", "websocket"), ("Sec-WebSocket-Version", "13"), ("Sec-WebSocket-Key", Key));
        var pipe = new Pipe();
        handshake.WriteAnswer(pipe.Writer, Encoding.ASCII.GetBytes(" " + Key));
        await pipe.Writer.CompleteAsync();

        using var reader = new StreamReader(pipe.Reader.AsStream());
        var answer = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.True(handshake.IsWhole);
        Assert.StartsWith("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nDate: ", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public void IsWhole_WithoutOneOfItsLines_IsFalse()
    {
        (string, string)[] all = [("Connection", "Upgrade"), ("Upgrade", "websocket"), ("Sec-WebSocket-Version", "13"), ("Sec-WebSocket-Key", Key)];

        Assert.All(all, line => Assert.False(Read([.. all.Where(other => other != line)]).IsWhole));
    }

    [Theory]
    [InlineData("Connection", "close")]
    [InlineData("Connection", "Upgrade, close")]
    [InlineData("Upgrade", "h2c")]
    [InlineData("Sec-WebSocket-Version", "8")]
    [InlineData("Sec-WebSocket-Version", "013")]
    [InlineData("Sec-WebSocket-Key", "")]
    [InlineData("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=")]
    [InlineData("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQAA")]
    [InlineData("Sec-WebSocket-Key", "dGhl IHNhbXBsZSBub25jZQ=")]
    [InlineData("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZ___")]
    [InlineData("Content-Length", "0")]
    [InlineData("Transfer-Encoding", "chunked")]
    [InlineData("Expect", "100-continue")]
    [InlineData("HTTP2-Settings", "a")]
    [InlineData("X-Trace-ID", "")]
    public void Sort_WhatIsNotUsual_NeedsThought(string name, string value) => Assert.Equal(LineFate.NeedsThought, Sort(new FastHandshake(""), name, value));

    [Theory]
    [InlineData("connection", "KEEP-ALIVE, UPGRADE")]
    [InlineData("upgrade", "WebSocket")]
    [InlineData("sec-websocket-version", "13")]
    [InlineData("sec-websocket-key", Key)]
    [InlineData("x-trace-id", "a")]
    public void Sort_TheSameLineTwice_NeedsThought(string name, string value)
    {
        var handshake = new FastHandshake("");

        Assert.Equal(LineFate.Stays, Sort(handshake, name, value));
        Assert.Equal(LineFate.NeedsThought, Sort(handshake, name, value));
    }

    private static FastHandshake Read(params (string Name, string Value)[] lines)
    {
        var handshake = new FastHandshake("?session_id=a");
        Assert.All(lines, line => Assert.Equal(LineFate.Stays, Sort(handshake, line.Name, line.Value)));
        return handshake;
    }

    private static LineFate Sort(FastHandshake handshake, string name, string value) =>
        handshake.Sort(Encoding.ASCII.GetBytes(name), Encoding.ASCII.GetBytes(value), new Slice(1, value.Length));
}
