using System.Text;
using PyAirtable.Gateway.Http1;

namespace PyAirtable.Gateway.Tests.Http1;

public sealed class ChunkDecoderTests
{
    [Theory]
    [InlineData("0\r\n\r\n", "")]
    [InlineData("3\r\nabc\r\n0\r\n\r\n", "abc")]
    [InlineData("003\r\nabc\r\n000\r\n\r\n", "abc")]
    [InlineData("a\r\n0123456789\r\nA;x=\"y z\";q\r\nabcdefghij\r\n0;last\r\nX-T: 1\r\nX-U:\t2\r\n\r\n", "0123456789abcdefghij")]
    [InlineData("2 \t\r\n\r\n\r\n2;\r\n0\r\r\n0\r\n\r\n", null)]
    [InlineData("4\r\n\r\n0\r\r\n0\r\n\r\n", "\r\n0\r")]
    public void Decode_SplitAnywhere_IsAsWhole(string chunks, string? body)
    {
        ArgumentNullException.ThrowIfNull(chunks);
        for (var split = 0; split <= chunks.Length; split++)
        {
            Assert.Equal(body, Decode(chunks[..split], chunks[split..]));
        }
        Assert.Equal(body, Decode([.. chunks.Select(static one => one.ToString())]));
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData(" 3\r\nabc")]
    [InlineData("-3\r\nabc")]
    [InlineData("+3\r\nabc")]
    [InlineData("0x3\r\nabc")]
    [InlineData("3_0\r\nabc")]
    [InlineData("g\r\n")]
    [InlineData(";x\r\n")]
    [InlineData("3\nabc")]
    [InlineData("3\r\rabc")]
    [InlineData("3;x\nabc")]
    [InlineData("3;x\r\r\nabc")]
    [InlineData("3;x\0\r\nabc")]
    [InlineData("3 3\r\nabc")]
    [InlineData("3\r\nabcd\r\n")]
    [InlineData("3\r\nabc\n")]
    [InlineData("3\r\nabc\r0")]
    [InlineData("0\r\nX\n")]
    [InlineData("0\r\n\n")]
    [InlineData("0\r\nX: \u0001\r\n")]
    [InlineData("1000000000000000\r\n")]
    [InlineData("0000000000000001\r\n")]
    public void Decode_WhatIsNoChunk_Refuses(string chunks) => Assert.Null(Decode(chunks));

    [Fact]
    public void Decode_EndlessExtensionsAndTrailers_Refuses()
    {
        Assert.Null(Decode("3;" + new string('x', 5000)));
        Assert.Null(Decode("0\r\n" + string.Concat(Enumerable.Repeat("X-T: abcdefgh\r\n", 2000))));
    }

    [Fact]
    public void Decode_WhatFollowsTheEnd_IsLeft()
    {
        var decoder = default(ChunkDecoder);
        Assert.Equal(1, decoder.Decode("1\r\na\r\n0\r\n\r\nHTTP/1.1"u8.ToArray(), out var consumed));
        Assert.Equal("1\r\na\r\n0\r\n\r\n".Length, consumed);
        Assert.True(decoder.IsDone);
    }

    // Null where it is refused.
    private static string? Decode(params string[] pieces)
    {
        var decoder = default(ChunkDecoder);
        var body = new StringBuilder();
        try
        {
            foreach (var piece in pieces)
            {
                var bytes = Encoding.Latin1.GetBytes(piece);
                var length = decoder.Decode(bytes, out var consumed);
                Assert.Equal(bytes.Length, consumed);
                body.Append(Encoding.Latin1.GetString(bytes, 0, length));
            }
        }
        catch (InvalidAnswerException)
        {
            return null;
        }
        Assert.True(decoder.IsDone);
        return body.ToString();
    }
}
