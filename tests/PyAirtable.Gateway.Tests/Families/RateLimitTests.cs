using PyAirtable.Testing;

namespace PyAirtable.Gateway.Tests.Families;

public sealed class RateLimitTests
{
    [Fact]
    public async Task Requests_OfOneClient_CountDownAndAreRefused()
    {
        await using var gateway = await GatewayHost.StartAsync(("RATE_LIMIT_RPM", "3"));

        foreach (var left in (string[])["2", "1", "0"])
        {
            using var answer = await gateway.SendAsync("GET", "/health", null, "X-Forwarded-For: 10.0.0.1, 10.0.0.2");
            Assert.Equal(200, (int)answer.StatusCode);
            Assert.Equal("3", answer.Header("X-RateLimit-Limit"));
            Assert.Equal(left, answer.Header("X-RateLimit-Remaining"));
            Assert.InRange(int.Parse(answer.Header("X-RateLimit-Reset")!, System.Globalization.CultureInfo.InvariantCulture), 1, 60);
        }
        using var refused = await gateway.SendAsync("GET", "/api/llm/x", null, "X-Forwarded-For: 10.0.0.1, 10.0.0.2", "Origin: http://localhost:3000");
        using var other = await gateway.SendAsync("GET", "/health", null, "X-Forwarded-For: 10.0.0.1");
        using var options = await gateway.SendAsync("OPTIONS", "/health", null, "X-Forwarded-For: 10.0.0.1, 10.0.0.2");
        using var python = await gateway.SendAsync("GET", "/api/health", null, "X-Forwarded-For: 10.0.0.1, 10.0.0.2");

        Assert.Equal(429, (int)refused.StatusCode);
        Assert.Equal("{\"error\":\"Rate limit exceeded\"}", await refused.TextAsync());
        Assert.InRange(int.Parse(refused.Header("Retry-After")!, System.Globalization.CultureInfo.InvariantCulture), 1, 60);
        Assert.Null(refused.Header("X-RateLimit-Limit"));
        Assert.Equal("SAMEORIGIN", refused.Header("X-Frame-Options"));
        Assert.Equal("http://localhost:3000", refused.Header("Access-Control-Allow-Origin"));
        Assert.Equal(200, (int)other.StatusCode);
        Assert.Equal(204, (int)options.StatusCode);
        Assert.Equal(200, (int)python.StatusCode);
        Assert.Null(python.Header("X-RateLimit-Limit"));
    }

    [Fact]
    public async Task Requests_WhereForwardedIsNotTrusted_CountByThePeer()
    {
        await using var gateway = await GatewayHost.StartAsync(("RATE_LIMIT_RPM", "1"), ("TRUST_FORWARDED_FOR", "false"), ("RATE_LIMIT_PYTHON_ROUTES", "true"));

        using var first = await gateway.SendAsync("GET", "/health", null, "X-Forwarded-For: 10.0.0.1");
        using var second = await gateway.SendAsync("GET", "/", null, "X-Forwarded-For: 10.0.0.2");

        Assert.Equal(200, (int)first.StatusCode);
        Assert.Equal(429, (int)second.StatusCode);
    }

    // "/health" is the server's, the other the fast path's.
    [Theory]
    [InlineData("127.0.0.1", "6.6.6.6, 1.2.3.4", "7.7.7.7, 1.2.3.4", 429)]
    [InlineData("127.0.0.1", "6.6.6.6, 1.2.3.4", "6.6.6.6, 1.2.3.5", 200)]
    [InlineData("127.0.0.1,10.0.0.0/8", "1.2.3.4, 10.0.0.1", "1.2.3.4,10.0.0.2", 429)]
    [InlineData("127.0.0.1,10.0.0.0/8", "10.0.0.1", "10.0.0.2", 200)]
    [InlineData("10.0.0.0/8", "1.2.3.4", "1.2.3.5", 429)]
    [InlineData("*", "1.2.3.4", "1.2.3.5", 200)]
    public async Task Requests_OfAListOfTrustedPeers_CountByTheClientBehindThem(string trusted, string first, string second, int status)
    {
        await using var gateway = await GatewayHost.StartAsync(("RATE_LIMIT_RPM", "1"), ("FORWARDED_ALLOW_IPS", trusted));
        var key = "X-API-Key: " + GatewayHost.Key;

        using var one = await gateway.SendAsync("GET", "/api/llm/x", null, key, "X-Forwarded-For: " + first);
        using var other = await gateway.SendAsync("GET", "/health", null, "X-Forwarded-For: " + second);
        using var again = await gateway.SendAsync("GET", "/api/llm/x", null, key, "X-Forwarded-For: " + second);

        Assert.Equal([200, status, 429], new[] { one, other, again }.Select(answer => (int)answer.StatusCode));
    }

    [Fact]
    public async Task Requests_CountedByKey_ShareABucketPerKey()
    {
        await using var gateway = await GatewayHost.StartAsync(("RATE_LIMIT_RPM", "1"), ("RATE_LIMIT_BY", "key"), ("API_KEYS", "second-key"));

        using var first = await gateway.SendAsync("GET", "/health", null, "X-API-Key: " + GatewayHost.Key, "X-Forwarded-For: 10.0.0.1");
        using var again = await gateway.SendAsync("GET", "/health?api_key=" + GatewayHost.Key, null, "X-Forwarded-For: 10.0.0.2");
        using var other = await gateway.SendAsync("GET", "/health", null, "X-API-Key: second-key", "X-Forwarded-For: 10.0.0.1");
        using var wrong = await gateway.SendAsync("GET", "/health", null, "X-API-Key: no", "X-Forwarded-For: 10.0.0.1");
        using var none = await gateway.SendAsync("GET", "/health", null, "X-Forwarded-For: 10.0.0.1");

        Assert.Equal([200, 429, 200, 200, 429], new[] { first, again, other, wrong, none }.Select(answer => (int)answer.StatusCode));
    }

    [Fact]
    public async Task Requests_CountedByUser_ShareABucketPerUser()
    {
        const string Secret = "a-secret-of-the-tests-with-32-bytes-or-more";
        await using var gateway = await GatewayHost.StartAsync(("RATE_LIMIT_RPM", "1"), ("RATE_LIMIT_BY", "user"), ("JWT_SECRET", Secret));

        using var first = await SendAsync(Secret, 1, "10.0.0.1");
        using var again = await SendAsync(Secret, 1, "10.0.0.2");
        using var other = await SendAsync(Secret, 2, "10.0.0.1");
        using var forged = await SendAsync("another-secret-of-32-bytes-or-more-too", 3, "10.0.0.1");
        using var forgedAgain = await SendAsync("another-secret-of-32-bytes-or-more-too", 4, "10.0.0.1");

        Assert.Equal([200, 429, 200, 200, 429], new[] { first, again, other, forged, forgedAgain }.Select(answer => (int)answer.StatusCode));

        Task<HttpResponseMessage> SendAsync(string secret, int user, string address) => gateway.SendAsync(
            "GET",
            "/health",
            null,
            "Authorization: Bearer " + TokenTests.Token(secret, TimeProvider.System, user),
            "X-Forwarded-For: " + address);
    }

    [Fact]
    public async Task Burst_WhenChosen_BoundsWhatComesAtOnce()
    {
        await using var gateway = await GatewayHost.StartAsync(("RATE_LIMIT_RPM", "1000"), ("RATE_LIMIT_BURST", "2"));

        using var first = await gateway.SendAsync("GET", "/health");

        Assert.Equal("2", first.Header("X-RateLimit-Limit"));
        Assert.Equal("1", first.Header("X-RateLimit-Remaining"));
    }

    [Fact]
    public async Task Requests_ToTwoGatewaysOnOneRedis_AreCountedTogether()
    {
        var redis = RedisServer.Shared.TakeDatabase();
        await using var one = await GatewayHost.StartAsync(("RATE_LIMIT_RPM", "1"), ("REDIS_URL", redis));
        await using var other = await GatewayHost.StartAsync(("RATE_LIMIT_RPM", "1"), ("REDIS_URL", redis));

        // Until Redis has answered once, each counts by itself.
        await Eventually.TrueAsync(() => one.Host.Process.Redis!.PingAsync(TestContext.Current.CancellationToken));
        await Eventually.TrueAsync(() => other.Host.Process.Redis!.PingAsync(TestContext.Current.CancellationToken));

        using var first = await one.SendAsync("GET", "/health");
        using var second = await other.SendAsync("GET", "/health");

        Assert.Equal(200, (int)first.StatusCode);
        Assert.Equal(429, (int)second.StatusCode);
    }
}
