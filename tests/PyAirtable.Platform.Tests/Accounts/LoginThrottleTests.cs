using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests.Accounts;

public sealed class LoginThrottleTests
{
    private const string Wrong = "not the one";
    private readonly ManualTime _clock = new();

    [Fact]
    public async Task Login_TenthFailureOfAnAccount_BlocksItForAMinute()
    {
        await using var host = await PlatformHost.StartAsync(clock: _clock);
        await host.RegisterAsync("ada@example.com");
        await host.RegisterAsync("other@example.com");
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(401, (await host.LoginAsync(i % 2 == 0 ? "ada@example.com" : "ADA@example.com", Wrong)).Status);
        }

        var (status, body, headers) = await host.LoginAsync("ada@example.com");
        Assert.Equal((429, """{"detail":"Rate limit exceeded"}"""), (status, body));
        Assert.Equal(60, headers.RetryAfter!.Delta!.Value.TotalSeconds);
        Assert.Equal(200, (await host.LoginAsync("other@example.com")).Status);
        _clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(200, (await host.LoginAsync("ada@example.com")).Status);
    }

    [Fact]
    public async Task Login_HundredFailuresOfAnAddress_BlockThatAddress()
    {
        await using var host = await PlatformHost.StartAsync(clock: _clock);
        await host.RegisterAsync("ada@example.com");
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(401, (await host.LoginAsync($"nobody{i}@example.com", Wrong, "X-Forwarded-For: 192.0.2.1")).Status);
        }

        Assert.Equal(429, (await host.LoginAsync("ada@example.com", headers: "X-Forwarded-For: 192.0.2.1, 10.0.0.1")).Status);
        Assert.Equal(200, (await host.LoginAsync("ada@example.com", headers: "X-Forwarded-For: 192.0.2.2")).Status);
    }

    [Fact]
    public async Task Login_ManyThatSucceed_AreNeverBlocked()
    {
        await using var host = await PlatformHost.StartAsync(clock: _clock);
        await host.RegisterAsync("ada@example.com");

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => host.LoginAsync("ada@example.com")));
        Assert.All(answers, answer => Assert.Equal(200, answer.Status));
    }

    [Fact]
    public async Task Login_ManyGuessesAtOnce_TellOfTenOnly()
    {
        await using var host = await PlatformHost.StartAsync(clock: _clock);
        await host.RegisterAsync("ada@example.com");

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => host.LoginAsync("ada@example.com", Wrong)));
        Assert.Equal(10, answers.Count(answer => answer.Status == 401));
        Assert.Equal(30, answers.Count(answer => answer.Status == 429));
    }
}
