using PyAirtable.Hosting.Security;
using PyAirtable.Hosting.Tests.Requests;

namespace PyAirtable.Hosting.Tests.Security;

public sealed class HostCheckTests
{
    [Theory]
    [InlineData("*", "anything", "/", true)]
    [InlineData("", "anything", "/", true)]
    [InlineData("api.example.com", "api.example.com", "/", true)]
    [InlineData("api.example.com", "API.Example.com:8007", "/", true)]
    [InlineData("x, api.example.com", "api.example.com", "/", true)]
    [InlineData("api.example.com", "example.com", "/", false)]
    [InlineData("api.example.com", "", "/", false)]
    [InlineData("api.example.com", "evil", "/health", true)]
    [InlineData("api.example.com", "evil", "/health/x", false)]
    [InlineData("*.example.com", "a.example.com", "/", true)]
    [InlineData("*.example.com", "a.b.example.com:80", "/", true)]
    [InlineData("*.example.com", "example.com", "/", false)]
    [InlineData("*.example.com", "evilexample.com", "/", false)]
    [InlineData("*.example.com", ".example.com", "/", false)]
    [InlineData("[::1]", "[::1]:8000", "/", true)]
    public async Task Wrap_AnyHost_IsServedOrRefused(string allowed, string host, string path, bool served)
    {
        var exchange = new Exchange("GET", path).With("Host", host);
        var reached = false;
        await new HostCheck(allowed.Split(',')).Wrap(_ =>
        {
            reached = true;
            return Task.CompletedTask;
        })(exchange.Context);
        Assert.Equal(served, reached);
        if (!served)
        {
            Assert.Equal((400, "Invalid host header", "text/plain; charset=utf-8"), (exchange.Status, exchange.Answer, exchange.Http.Response.ContentType));
        }
    }
}
