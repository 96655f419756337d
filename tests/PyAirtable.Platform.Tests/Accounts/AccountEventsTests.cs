using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests.Accounts;

public abstract class AccountEventsTests(DatabaseEngine engine, PostgresServer server) : EngineTests(engine, server)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task RegisterAndLogin_UnderApiV1_AreStored()
    {
        await using var host = await StartAsync();
        await host.SendAsync("POST", "/api/v1/auth/register", """{"email":"ada@example.com","password":"longenough"}""", "X-Forwarded-For: 192.0.2.1, 10.0.0.1\nUser-Agent: tester/1");
        await WaitForAsync(1);
        await host.SendAsync("POST", "/api/v1/auth/login", """{"email":"ada@example.com","password":"longenough"}""", "X-Forwarded-For: 192.0.2.1\nUser-Agent: tester/1");
        await WaitForAsync(2);

        Assert.Equal(2L, await ReadAsync("SELECT count(*) FROM platform_analytics_events WHERE user_id = 1 AND ip_address = '192.0.2.1' AND user_agent = 'tester/1' AND session_id IS NULL AND timestamp = '2025-01-15 09:31:02.000000'"));
        Assert.Equal("user_registered", await ReadAsync("SELECT event_type FROM platform_analytics_events ORDER BY id LIMIT 1"));
        Assert.Equal("user_login", await ReadAsync("SELECT event_type FROM platform_analytics_events ORDER BY id DESC LIMIT 1"));
        Assert.Equal("""{"timestamp":"2025-01-15T09:31:02Z","ip":"192.0.2.1","user_agent":"tester/1"}""", await ReadAsync("SELECT CAST(event_data AS text) FROM platform_analytics_events LIMIT 1"));
    }

    [Fact]
    public async Task RegisterAndLogin_OfPython_AreNot()
    {
        await using var host = await StartAsync();
        await host.RegisterAsync("ada@example.com");
        await host.LoginAsync("ada@example.com");
        await host.SendAsync("POST", "/api/v1/auth/login", """{"email":"ada@example.com","password":"longenough"}""");
        await WaitForAsync(1);

        Assert.Equal("user_login", await ReadAsync("SELECT event_type FROM platform_analytics_events"));
    }

    [Fact]
    public async Task Login_EventsCannotBeStored_AnswersAllTheSame()
    {
        await using var host = await StartAsync();
        await host.RegisterAsync("ada@example.com");
        await ExecuteAsync("DROP TABLE platform_analytics_events");

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(200, (await host.SendAsync("POST", "/api/v1/auth/login", """{"email":"ada@example.com","password":"longenough"}""")).Status);
        }
    }

    private async Task WaitForAsync(long count)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(Patience);
        while ((long)(await ReadAsync("SELECT count(*) FROM platform_analytics_events"))! < count)
        {
            await Task.Delay(20, limit.Token);
        }
    }
}
