using System.Net;
using PyAirtable.Automation.Outbound;

namespace PyAirtable.Automation.Tests.Outbound;

public sealed class OutboundRequestTests
{
    [Theory]
    [InlineData("http://a.example/", "https://a.example/x", true)]
    [InlineData("https://a.example/", "https://a.example:443/x", true)]
    [InlineData("https://A.example/", "/x", true)]
    [InlineData("https://a.example/", "https://a.example:8443/x", false)]
    [InlineData("http://a.example:8080/", "https://a.example/", false)]
    [InlineData("https://a.example/", "https://b.a.example/", false)]
    [InlineData("https://a.example/", "//b.example/", false)]
    public void Follow_AnotherHost_LosesHeaders(string from, string to, bool keeps) =>
        Assert.Equal(keeps ? 1 : 0, Request(from).Follow(HttpStatusCode.Found, new Uri(to, UriKind.RelativeOrAbsolute)).Headers.Count);

    [Fact]
    public void Follow_FromHttpsToHttp_IsRefused() => Assert.Equal(
        "a redirect from https to http is not followed",
        Assert.Throws<OutboundFailedException>(() => Request("https://a.example/").Follow(HttpStatusCode.Found, new Uri("http://a.example/"))).Message);

    private static OutboundRequest Request(string url) => new()
    {
        Method = HttpMethod.Get,
        Url = new Uri(url),
        Headers = [KeyValuePair.Create("Authorization", "Bearer t")],
        Timeout = TimeSpan.FromSeconds(1),
    };
}
