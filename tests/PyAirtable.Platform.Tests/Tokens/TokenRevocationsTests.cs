using PyAirtable.Hosting.Data;
using PyAirtable.Hosting.Redis;
using PyAirtable.Testing;
using StackExchange.Redis;

namespace PyAirtable.Platform.Tests.Tokens;

/// <summary>Access tokens that were logged out, with and without Redis, on either engine.</summary>
public abstract class TokenRevocationsTests(DatabaseEngine engine, PostgresServer server) : EngineTests(engine, server)
{
    private const string Refused = """{"detail":"Invalid token"}""";

    [Fact]
    public async Task Logout_Token_IsRefusedInAllProcessesAndNoOtherIs()
    {
        await using var one = await StartAsync();
        await using var other = await StartAsync();
        var (access, refresh) = await one.OpenSessionAsync("ada@example.com");
        var (elsewhere, _) = PlatformHost.Tokens(await one.LoginAsync("ada@example.com"));

        Assert.Equal((200, """{"message":"Logged out successfully"}"""), Short(await LogoutAsync(one, access)));
        Assert.Equal((401, Refused), Short(await other.SendAsync("GET", "/auth/verify", headers: "Authorization: Bearer " + access)));
        Assert.Equal((401, """{"error":"Invalid token"}"""), Short(await LogoutAsync(other, access)));
        Assert.Equal(200, await other.StatusOfAsync(elsewhere));
        Assert.Equal(401, (await other.RefreshAsync(refresh)).Status);
    }

    [Fact]
    public async Task Logout_WithRedis_TellsItUntilTheTokenExpires()
    {
        var url = RedisServer.Shared.TakeDatabase();
        await using var host = await StartAsync(("REDIS_URL", url), ("JWT_EXPIRES_IN", "1h"));
        var (access, _) = await host.OpenSessionAsync("ada@example.com");
        var database = await ConnectAsync(host.Process.Redis!);
        Clock.Advance(TimeSpan.FromMinutes(15));
        await LogoutAsync(host, access);

        var id = System.Text.Json.JsonElement.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(access.Split('.')[1])).GetProperty("jti").GetString();
        Assert.Equal("1", (string?)await database.StringGetAsync("revoked_jti:" + id));
        Assert.InRange((await database.KeyTimeToLiveAsync("revoked_jti:" + id))!.Value.TotalMinutes, 44, 45);
        Assert.Equal(401, await host.StatusOfAsync(access));
    }

    [Fact]
    public async Task Logout_RedisAwayOrForgetful_IsRefusedAllTheSame()
    {
        using var redis = new RedisServer();
        await using var host = await StartAsync(("REDIS_URL", redis.Url(0)));
        var (first, _) = await host.OpenSessionAsync("ada@example.com");
        var (second, _) = PlatformHost.Tokens(await host.LoginAsync("ada@example.com"));
        Assert.Equal(200, (await LogoutAsync(host, first)).Status);

        redis.Stop();
        Assert.Equal((401, 200), (await host.StatusOfAsync(first), await host.StatusOfAsync(second)));
        Assert.Equal(200, (await LogoutAsync(host, second)).Status);
        Assert.Equal(401, await host.StatusOfAsync(second));
        redis.Start();
        Assert.Equal((401, 401), (await host.StatusOfAsync(first), await host.StatusOfAsync(second)));
    }

    [Fact]
    public async Task Logout_TokenWithoutUuid_IsRefusedByItsHash()
    {
        await using var host = await StartAsync();
        await host.OpenSessionAsync("ada@example.com");
        string[] tokens =
        [
            HandMadeToken.Make("""{"sub":"1","iat":1736933400,"exp":4102444800,"type":"access"}""", PlatformHost.Secret),
            HandMadeToken.Make("""{"sub":"1","iat":1736933401,"exp":4102444800,"type":"access"}""", PlatformHost.Secret),
            HandMadeToken.Make("""{"sub":"1","exp":9000000000000000000,"jti":"one"}""", PlatformHost.Secret),
            HandMadeToken.Make("""{"sub":"1","exp":4102444800,"jti":"two"}""", PlatformHost.Secret),
        ];
        for (var i = 0; i < tokens.Length; i++)
        {
            Assert.Equal(200, (await LogoutAsync(host, tokens[i])).Status);
            Assert.Equal(401, await host.StatusOfAsync(tokens[i]));
            Assert.All(await Task.WhenAll(tokens.Skip(i + 1).Select(token => host.StatusOfAsync(token))), status => Assert.Equal(200, status));
        }
    }

    [Fact]
    public async Task Logout_SameTokenManyTimesAtOnce_NeverFails()
    {
        await using var host = await StartAsync();
        var (access, _) = await host.OpenSessionAsync("ada@example.com");

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => LogoutAsync(host, access)));
        Assert.All(answers, answer => Assert.Contains(answer.Status, new[] { 200, 401 }));
        Assert.Equal(1L, await ReadAsync("SELECT count(*) FROM platform_revoked_tokens"));
    }

    // The first use does not wait long for the connection, which a busy machine may take longer to make.
    private static async Task<IDatabase> ConnectAsync(RedisConnection redis)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        while (true)
        {
            if (await redis.GetDatabaseAsync(limit.Token) is { } database)
            {
                return database;
            }

            await Task.Delay(20, limit.Token);
        }
    }

    private static Task<(int Status, string Body, System.Net.Http.Headers.HttpResponseHeaders Headers)> LogoutAsync(ServiceHost host, string access) =>
        host.SendAsync("POST", "/api/v1/auth/logout", headers: "Authorization: Bearer " + access);

    private static (int, string) Short((int Status, string Body, System.Net.Http.Headers.HttpResponseHeaders) answer) => (answer.Status, answer.Body);
}
