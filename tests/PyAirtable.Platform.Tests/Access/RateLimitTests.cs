using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests.Access;

public sealed class RateLimitTests
{
    private readonly ManualTime _clock = new();

    [Theory]
    [InlineData("/auth/verify", """{"detail":"Rate limit exceeded"}""")]
    [InlineData("/api/v1/auth/profile", """{"error":"Rate limit exceeded"}""")]
    public async Task Request_BeyondTheLimit_Is429InItsStyle(string path, string answer)
    {
        await using var host = await PlatformHost.StartAsync(settings: new() { ["RATE_LIMIT_RPM"] = "3" }, clock: _clock);
        for (var left = 2; left >= 0; left--)
        {
            var (_, _, passed) = await host.SendAsync("GET", path);
            Assert.Equal(("3", $"{left}"), (passed.GetValues("X-RateLimit-Limit").Single(), passed.GetValues("X-RateLimit-Remaining").Single()));
            Assert.Equal($"{(3 - left) * 20}", passed.GetValues("X-RateLimit-Reset").Single());
        }

        var (status, body, headers) = await host.SendAsync("GET", path);
        Assert.Equal((429, answer), (status, body));
        Assert.Equal(20, headers.RetryAfter!.Delta!.Value.TotalSeconds);
        Assert.Equal(401, (await host.SendAsync("GET", path, headers: "X-Forwarded-For: 192.0.2.9")).Status);
        Assert.Equal(200, (await host.SendAsync("GET", "/health")).Status);
        Assert.Equal(200, (await host.SendAsync("GET", "/internal/metrics")).Status);
        _clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(401, (await host.SendAsync("GET", path)).Status);
    }

    [Fact]
    public async Task Request_OfBothStyles_CountsTogether()
    {
        await using var host = await PlatformHost.StartAsync(settings: new() { ["RATE_LIMIT_RPM"] = "2" }, clock: _clock);
        await host.SendAsync("GET", "/auth/verify");
        await host.SendAsync("GET", "/api/v1/nothing");

        Assert.Equal((429, 429), ((await host.SendAsync("GET", "/auth/verify")).Status, (await host.SendAsync("GET", "/api/v1/auth/profile")).Status));
    }

    [Fact]
    public async Task Request_WithRedis_IsCountedInAllProcesses()
    {
        var settings = new Dictionary<string, string> { ["RATE_LIMIT_RPM"] = "2", ["REDIS_URL"] = RedisServer.Shared.TakeDatabase() };
        await using var one = await PlatformHost.StartAsync(settings: settings);
        await using var other = await PlatformHost.StartAsync(settings: settings);

        // Until Redis has answered once, each counts by itself.
        await Eventually.TrueAsync(() => one.Process.Redis!.PingAsync(TestContext.Current.CancellationToken));
        await Eventually.TrueAsync(() => other.Process.Redis!.PingAsync(TestContext.Current.CancellationToken));
        await one.SendAsync("GET", "/auth/verify");
        await other.SendAsync("GET", "/auth/verify");

        Assert.Equal((429, 429), ((await one.SendAsync("GET", "/auth/verify")).Status, (await other.SendAsync("GET", "/auth/verify")).Status));
    }

    [Fact]
    public async Task Request_NoLimit_IsNotCounted()
    {
        await using var host = await PlatformHost.StartAsync();

        Assert.False((await host.SendAsync("GET", "/auth/verify")).Headers.Contains("X-RateLimit-Limit"));
    }
}
