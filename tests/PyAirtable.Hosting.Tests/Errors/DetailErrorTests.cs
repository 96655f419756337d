using System.Text;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Tests.Requests;

namespace PyAirtable.Hosting.Tests.Errors;

public sealed class DetailErrorTests
{
    [Theory]
    [InlineData("Not Found", """{"detail":"Not Found"}""")]
    [InlineData("", """{"detail":""}""")]
    [InlineData("<b> & 'it' \"q\" \\ /", """{"detail":"<b> & 'it' \"q\" \\ /"}""")]
    [InlineData("é \u2028 \U0001f600 \u007f", "{\"detail\":\"é \u2028 \U0001f600 \u007f\"}")]
    [InlineData("a\n\r\t\b\f\u0001\0", """{"detail":"a\n\r\t\b\f\u0001\u0000"}""")]
    public async Task WriteAsync_AnyText_EscapesOnlyWhatJsonDemands(string detail, string body)
    {
        var exchange = new Exchange();
        await DetailError.WriteAsync(exchange.Http, 404, detail);
        Assert.Equal(body, exchange.Answer);
        Assert.Equal(404, exchange.Status);
        Assert.Equal("application/json", exchange.Http.Response.ContentType);
        Assert.Equal(Encoding.UTF8.GetByteCount(body), exchange.Http.Response.ContentLength);
    }

    [Fact]
    public async Task WriteAsync_HalfASurrogatePair_IsReplaced()
    {
        var exchange = new Exchange();
        await DetailError.WriteAsync(exchange.Http, 400, "half \ud83d pair");
        Assert.Equal("""{"detail":"half \ufffd pair"}""", exchange.Answer);
    }

    [Fact]
    public async Task Prepare_SentTwice_IsTheSame()
    {
        var answer = DetailError.Prepare(401, "Invalid API key");
        foreach (var exchange in new[] { new Exchange(), new Exchange() })
        {
            await answer.WriteAsync(exchange.Http);
            Assert.Equal((401, """{"detail":"Invalid API key"}"""), (exchange.Status, exchange.Answer));
        }
    }
}
