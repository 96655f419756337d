using System.Text;
using Microsoft.AspNetCore.Http;
using PyAirtable.Gateway.Http1;

namespace PyAirtable.Gateway.Tests.Http1;

public sealed class RequestBytesTests
{
    [Fact]
    public void Add_AllKinds_StandInOrder()
    {
        using var bytes = Filled(static (ref RequestBytes to) =>
        {
            to.Add("GET "u8);
            to.Add("/\u00e9".AsSpan());
            to.Add(1234567890123L);
            to.AddHeader("X-A", "b\u00ff");
            to.AddChunk("0123456789abcdef"u8);
        });
        Assert.Equal("GET /\u00e91234567890123X-A: b\u00ff\r\n10\r\n0123456789abcdef\r\n", Encoding.Latin1.GetString(bytes.Written.Span));
    }

    [Fact]
    public void Add_FarMoreThanThereIsRoom_KeepsAll()
    {
        using var bytes = Filled(static (ref RequestBytes to) =>
        {
            for (var i = 0; i < 1000; i++)
            {
                to.AddHeader("X-A", new string((char)('a' + (i % 26)), i));
            }
            to.Add(new byte[300_000]);
        });
        var expected = string.Concat(Enumerable.Range(0, 1000).Select(static i => $"X-A: {new string((char)('a' + (i % 26)), i)}\r\n")) + new string('\0', 300_000);
        Assert.Equal(expected, Encoding.Latin1.GetString(bytes.Written.Span));
    }

    [Theory]
    [InlineData("a\r\nX-B: c")]
    [InlineData("a\n")]
    [InlineData("\r")]
    [InlineData("a\0")]
    public void AddHeader_ValueThatEndsItsLine_Refuses(string value) => Assert.Throws<BadHttpRequestException>(() =>
    {
        using var bytes = Filled((ref RequestBytes to) => to.AddHeader("X-A", value));
    });

    private static RequestBytes Filled(Fill fill)
    {
        var bytes = RequestBytes.Rent();
        fill(ref bytes);
        return bytes;
    }

    private delegate void Fill(ref RequestBytes to);
}
