using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Tests.Requests;

namespace PyAirtable.Hosting.Tests.Errors;

public sealed class PlainTextTests
{
    [Fact]
    public async Task WriteInternalServerErrorAsync_Always_SaysNoMore()
    {
        var exchange = new Exchange();
        await PlainText.WriteInternalServerErrorAsync(exchange.Http);
        Assert.Equal((500, "Internal Server Error"), (exchange.Status, exchange.Answer));
        Assert.Equal("text/plain; charset=utf-8", exchange.Http.Response.ContentType);
    }
}
