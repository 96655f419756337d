using System.Text;
using PyAirtable.Load.Http;

namespace PyAirtable.Load.Tests.Http;

public sealed class AnswerReaderTests
{
    public static readonly TheoryData<string, int, string, bool> Whole = new()
    {
        { "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", 200, "hello", false },
        { "HTTP/1.1 404 Not Found\r\ncontent-length:0\r\nConnection: close\r\n\r\n", 404, "", true },
        { "HTTP/1.1 204 No Content\r\nServer: x\r\n\r\n", 204, "", false },
        { "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nB\r\n, who else?\r\n0\r\n\r\n", 200, "hello, who else?", false },
        { "HTTP/1.1 200 OK\r\nContent-Length-Of-Old: 9\r\nContent-Length: 2\r\n\r\n{}", 200, "{}", false },
    };

    [Theory]
    [MemberData(nameof(Whole))]
    public void TryRead_WholeAnswer_GivesStatusAndBody(string text, int status, string body, bool closes)
    {
        var bytes = Encoding.ASCII.GetBytes(text);

        Assert.True(AnswerReader.TryRead(bytes, out var answer));

        Assert.Equal((status, body, closes), (answer.Status, Encoding.ASCII.GetString(bytes, answer.BodyStart, answer.BodyLength), answer.Closes));
    }

    [Theory]
    [MemberData(nameof(Whole))]
    public void TryRead_PartOfAnswer_WaitsForTheRestAndLeavesItAsItIs(string text, int status, string body, bool closes)
    {
        for (var length = 0; length < text.Length; length++)
        {
            Assert.False(AnswerReader.TryRead(Encoding.ASCII.GetBytes(text[..length]), out _));
        }
        var bytes = Encoding.ASCII.GetBytes(text);
        AnswerReader.TryRead(bytes.AsSpan(..^1), out _);
        AnswerReader.TryRead(bytes, out var answer);
        Assert.Equal((status, body, closes), (answer.Status, Encoding.ASCII.GetString(bytes, answer.BodyStart, answer.BodyLength), answer.Closes));
    }

    [Theory]
    [InlineData("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nServer: x\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5x\r\n\r\nhello")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")]
    public void TryRead_NoSuchAnswer_Fails(string text) => Assert.Throws<FormatException>(() => AnswerReader.TryRead(Encoding.ASCII.GetBytes(text), out _));
}
