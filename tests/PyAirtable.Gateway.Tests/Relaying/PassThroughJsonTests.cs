using System.Text;
using PyAirtable.Gateway.Relaying;

namespace PyAirtable.Gateway.Tests.Relaying;

public sealed class PassThroughJsonTests
{
    [Theory]
    [InlineData("\ufeff[ 1 ]", "[1]")]
    [InlineData("{\"b\":1,\"a\":[{}, null , true]}", "{\"b\":1,\"a\":[{},null,true]}")]
    [InlineData("-0.0", "-0.0")]
    [InlineData("1e400", "1e400")]
    [InlineData("\"\\u0000\\/\\t<>&'\\u2028\"", "\"\\u0000/\\t<>&'\u2028\"")]
    [InlineData("{\"a\":1,\"\\u0061\":2}", "{\"a\":2}")]
    [InlineData("[{\"x\":1,\"y\":2,\"x\":[{\"z\":1,\"z\":2}]}]", "[{\"x\":[{\"z\":2}],\"y\":2}]")]
    public void TryRewrite_Json_IsCompactAndExact(string text, string expected)
    {
        Assert.True(PassThroughJson.TryRewrite(Encoding.UTF8.GetBytes(text), out var json));
        Assert.Equal(expected, Encoding.UTF8.GetString(json.Span));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("{")]
    [InlineData("1 2")]
    [InlineData("[1,]")]
    [InlineData("NaN")]
    [InlineData("-Infinity")]
    [InlineData("\"\\udc00\"")]
    [InlineData("{\"\\ud800\":1}")]
    public void TryRewrite_NoJson_IsRefused(string text) => Assert.False(PassThroughJson.TryRewrite(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void TryRewrite_BytesThatAreNoUtf8_IsRefused() => Assert.False(PassThroughJson.TryRewrite(new byte[] { (byte)'"', 0xff, (byte)'"' }, out _));

    [Fact]
    public void TryRewrite_NestedTooDeeply_IsRefused() =>
        Assert.False(PassThroughJson.TryRewrite(Encoding.UTF8.GetBytes(new string('[', 100_000)), out _));
}
