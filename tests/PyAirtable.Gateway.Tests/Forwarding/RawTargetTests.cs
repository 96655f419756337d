using PyAirtable.Gateway.Forwarding;

namespace PyAirtable.Gateway.Tests.Forwarding;

public sealed class RawTargetTests
{
    [Theory]
    [InlineData("/a/b", false)]
    [InlineData("/a/./b", true)]
    [InlineData("/a/..", true)]
    [InlineData("/..", true)]
    [InlineData("/a/.%2E/b", true)]
    [InlineData("/a/%2e", true)]
    [InlineData("/a%2F%2e%2e%2Fb", true)]
    [InlineData("/a%5C..%5cb", true)]
    [InlineData("/a/..;x=1/b", true)]
    [InlineData("/a/...", false)]
    [InlineData("/a/.b", false)]
    [InlineData("/a/b.", false)]
    [InlineData("/a/%2", false)]
    [InlineData("/a/%zz/..b", false)]
    public void HasDotSegments_OfAPath_SeesThemInAnyWriting(string path, bool expected) =>
        Assert.Equal(expected, new RawTarget(path, "").HasDotSegments());

    [Theory]
    [InlineData("/a/b/c/d", 2, "/c/d")]
    [InlineData("/a/b/", 2, "/")]
    [InlineData("/a/b", 2, "")]
    [InlineData("/a", 2, "")]
    public void PathAfter_SomeSegments_IsTheRest(string path, int count, string expected) =>
        Assert.Equal(expected, new RawTarget(path, "").PathAfter(count));
}
