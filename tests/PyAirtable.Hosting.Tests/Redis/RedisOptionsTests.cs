using PyAirtable.Hosting.Redis;

namespace PyAirtable.Hosting.Tests.Redis;

public sealed class RedisOptionsTests
{
    [Theory]
    [InlineData("redis://localhost", null, null, "redis://localhost:6379/0", null, null)]
    [InlineData("redis://cache:7000/", null, null, "redis://cache:7000/0", null, null)]
    [InlineData("rediss://cache/5", null, null, "rediss://cache:6379/5", null, null)]
    [InlineData("redis://:p%40s%2Fs@redis:6379/5", null, null, "redis://redis:6379/5", null, "p@s/s")]
    [InlineData("redis://an%3Aa:pw:x@redis", null, null, "redis://redis:6379/0", "an:a", "pw:x")]
    [InlineData("redis://ana@redis", null, null, "redis://redis:6379/0", "ana", null)]
    [InlineData("redis://ana:old@redis/1", "new", null, "redis://redis:6379/1", null, "new")]
    [InlineData("redis://ana:old@redis/1", "", 3, "redis://redis:6379/3", "ana", "old")]
    [InlineData("redis://redis/4", null, 0, "redis://redis:6379/0", null, null)]
    [InlineData("redis://[::1]:6380/2", null, null, "redis://[::1]:6380/2", null, null)]
    public void TryParse_ValidUrl_ReadsItsParts(string url, string? password, int? database, string text, string? user, string? expectedPassword)
    {
        Assert.True(RedisOptions.TryParse(url, password, database, out var options, out var error), error);
        Assert.Equal(text, options.ToString());
        Assert.Equal(user, options.User);
        Assert.Equal(expectedPassword, options.Password);
    }

    [Theory]
    [InlineData("localhost:6379")]
    [InlineData("http://:s3cret@localhost")]
    [InlineData("redis://:s3cret/x@localhost")]
    [InlineData("redis://:s3cret#x@localhost")]
    [InlineData("redis://:s3cret@localhost:0")]
    [InlineData("redis://:s3cret@localhost:70000")]
    [InlineData("redis://:s3cret@localhost/one")]
    [InlineData("redis://:s3cret@localhost/-1")]
    [InlineData("redis://:s3cret@localhost/1/2")]
    [InlineData("redis://:s3cret@localhost/0?db=1")]
    [InlineData("redis://")]
    [InlineData("")]
    public void TryParse_InvalidUrl_SaysWhyWithoutThePassword(string url)
    {
        Assert.False(RedisOptions.TryParse(url, null, null, out _, out var error));
        Assert.NotEmpty(error);
        Assert.DoesNotContain("s3cret", error, StringComparison.Ordinal);
    }
}
