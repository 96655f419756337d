using PyAirtable.Gateway.Upstreams;

namespace PyAirtable.Gateway.Tests.Upstreams;

public sealed class UpstreamEndpointTests
{
    [Theory]
    [InlineData("http://a:8001", "a", 8001, "a:8001", "", false)]
    [InlineData("http://a", "a", 80, "a", "", false)]
    [InlineData("https://a/v1", "a", 443, "a", "/v1", true)]
    [InlineData("http://10.0.0.1:80/x/%2Fy/", "10.0.0.1", 80, "10.0.0.1", "/x/%2Fy/", false)]
    [InlineData("http://[::1]:8001", "::1", 8001, "[::1]:8001", "", false)]
    public void ParseList_OfOne_TakesItApart(string url, string host, int port, string header, string path, bool tls)
    {
        var endpoint = Assert.Single(UpstreamEndpoint.ParseList(url));

        Assert.Equal(new UpstreamEndpoint(url, tls, host, port, header, path), endpoint);
    }

    [Theory]
    [InlineData("http://a:1, http://b:2/x", true)]
    [InlineData("http://a:1,http://a:1", true)]
    [InlineData("https://a,https://b", true)]
    [InlineData("http://a:1,https://b", false)]
    [InlineData("http://a:1,", false)]
    [InlineData("http://a:1,b:2", false)]
    [InlineData("http://a:1?x=1,http://b:2", false)]
    [InlineData("", false)]
    public void TryTrim_OfAList_TakesUrlsOfOneScheme(string text, bool expected) => Assert.Equal(expected, UpstreamEndpoint.TryTrim(text, out _));

    [Fact]
    public void ParseList_WithRepetitions_TakesEachOnce() =>
        Assert.Equal(["http://a:1", "http://b:2"], UpstreamEndpoint.ParseList("http://a:1, http://b:2,http://a:1").Select(endpoint => endpoint.BaseUrl));
}
