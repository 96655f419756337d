using System.Text.Json;
using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests.Sessions;

/// <summary>Refresh tokens as clients see them, on either engine (platform contract 8.6, R-2 to R-7).</summary>
public abstract class SessionContractTests(DatabaseEngine engine, PostgresServer server) : EngineTests(engine, server)
{
    private const string Refused = """{"detail":"Invalid or expired refresh token"}""";
    private static readonly (string, string) NoReuse = ("REFRESH_TOKEN_REUSE_INTERVAL", "0");

    [Fact]
    public async Task Refresh_LiveToken_HasNewTokensOfTheSameUser()
    {
        await using var host = await StartAsync();
        var (access, refresh) = await host.OpenSessionAsync("ada@example.com");

        var answer = await host.RefreshAsync(refresh);
        var body = JsonElement.Parse(answer.Body);
        Assert.Equal(["access_token", "token_type", "expires_in", "user", "refresh_token", "refresh_expires_in"], body.EnumerateObject().Select(member => member.Name));
        Assert.Equal(("bearer", 86400, 604800, "ada@example.com"), (body.GetProperty("token_type").GetString(), body.GetProperty("expires_in").GetInt32(), body.GetProperty("refresh_expires_in").GetInt32(), body.GetProperty("user").GetProperty("email").GetString()));
        var (nextAccess, nextRefresh) = PlatformHost.Tokens(answer);
        Assert.NotEqual(access, nextAccess);
        Assert.NotEqual(refresh, nextRefresh);
        Assert.Equal((200, 200), (await host.StatusOfAsync(access), await host.StatusOfAsync(nextAccess)));
        Assert.Equal(200, (await host.RefreshAsync(nextRefresh)).Status);
    }

    [Fact]
    public async Task Tokens_AtRest_AreHashes()
    {
        await using var host = await StartAsync();
        var (_, refresh) = await host.OpenSessionAsync("ada@example.com");
        await host.RefreshAsync(refresh);

        Assert.Equal(2L, await ReadAsync("SELECT count(*) FROM platform_refresh_tokens WHERE length(token_hash) = 64"));
        Assert.Equal(0L, await ReadAsync($"SELECT count(*) FROM platform_refresh_tokens WHERE token_hash = '{refresh}' OR replaced_by = '{refresh}'"));
    }

    [Fact]
    public async Task Refresh_FiftyTimesAtOnceInTwoProcesses_AllSucceedInOneFamily()
    {
        await using var one = await StartAsync();
        await using var other = await StartAsync();
        var (_, refresh) = await one.OpenSessionAsync("ada@example.com");

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => (i % 2 == 0 ? one : other).RefreshAsync(refresh)));

        Assert.All(answers, answer => Assert.Equal(200, answer.Status));
        Assert.Equal(1L, await ReadAsync("SELECT count(DISTINCT family_id) FROM platform_refresh_tokens"));
        var tokens = answers.Select(answer => PlatformHost.Tokens(answer).Refresh).Distinct().ToList();
        Assert.Equal(50, tokens.Count);
        foreach (var token in tokens)
        {
            Assert.Equal(200, (await one.RefreshAsync(token)).Status);
        }
    }

    [Fact]
    public async Task Refresh_FiftyTimesAtOnceWithoutInterval_OneSucceeds()
    {
        await using var one = await StartAsync(NoReuse);
        await using var other = await StartAsync(NoReuse);
        var (_, refresh) = await one.OpenSessionAsync("ada@example.com");

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => (i % 2 == 0 ? one : other).RefreshAsync(refresh)));

        Assert.Equal(1, answers.Count(answer => answer.Status == 200));
        Assert.Equal(49, answers.Count(answer => (answer.Status, answer.Body) == (401, Refused)));
    }

    [Fact]
    public async Task Refresh_ReuseAfterTheInterval_EndsThatFamilyOnly()
    {
        await using var host = await StartAsync();
        var (_, first) = await host.OpenSessionAsync("ada@example.com");
        var (_, elsewhere) = PlatformHost.Tokens(await host.LoginAsync("ada@example.com"));
        var (_, second) = PlatformHost.Tokens(await host.RefreshAsync(first));
        Clock.Advance(TimeSpan.FromSeconds(9.9));
        var (_, again) = PlatformHost.Tokens(await host.RefreshAsync(first));
        Clock.Advance(TimeSpan.FromSeconds(0.1));

        var reused = await host.RefreshAsync(first);
        Assert.Equal((401, Refused), (reused.Status, reused.Body));
        Assert.Equal((401, 401), ((await host.RefreshAsync(second)).Status, (await host.RefreshAsync(again)).Status));
        Assert.Equal(200, (await host.RefreshAsync(elsewhere)).Status);
    }

    [Fact]
    public async Task Refresh_SmallInterval_IsKept()
    {
        await using var host = await StartAsync(("REFRESH_TOKEN_REUSE_INTERVAL", "2"));
        var (_, refresh) = await host.OpenSessionAsync("ada@example.com");
        await host.RefreshAsync(refresh);
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(200, (await host.RefreshAsync(refresh)).Status);
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(401, (await host.RefreshAsync(refresh)).Status);
    }

    [Fact]
    public async Task Refresh_Lifetime_RestartsAtEachRotation()
    {
        await using var host = await StartAsync(("REFRESH_TOKEN_EXPIRES_IN", "1h"));
        var (_, first) = await host.OpenSessionAsync("ada@example.com");
        Clock.Advance(TimeSpan.FromSeconds(3599));
        var (_, second) = PlatformHost.Tokens(await host.RefreshAsync(first));
        Clock.Advance(TimeSpan.FromSeconds(3599));
        var (_, third) = PlatformHost.Tokens(await host.RefreshAsync(second));
        Clock.Advance(TimeSpan.FromSeconds(3600));

        Assert.Equal(401, (await host.RefreshAsync(third)).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nothing")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("ÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄ")]
    [InlineData("' OR ''='' --                                ")]
    public async Task RefreshAndLogout_UnknownToken_ChangeNothing(string token)
    {
        await using var host = await StartAsync();
        var (_, live) = await host.OpenSessionAsync("ada@example.com");

        var refreshed = await host.RefreshAsync(token);
        Assert.Equal((401, Refused), (refreshed.Status, refreshed.Body));
        Assert.Equal((200, """{"message":"Logged out successfully"}"""), Short(await LogoutAsync(host, token)));
        Assert.Equal(1L, await ReadAsync("SELECT count(*) FROM platform_refresh_tokens"));
        Assert.Equal(200, (await host.RefreshAsync(live)).Status);
    }

    [Fact]
    public async Task Refresh_OfAnAccessToken_Is401()
    {
        await using var host = await StartAsync();
        var (access, refresh) = await host.OpenSessionAsync("ada@example.com");

        Assert.Equal(401, (await host.RefreshAsync(access)).Status);
        Assert.Equal(401, await host.StatusOfAsync(refresh));
    }

    [Fact]
    public async Task Refresh_InactiveUser_Is401AndTheTokenIsUsedUp()
    {
        await using var host = await StartAsync();
        var (_, refresh) = await host.OpenSessionAsync("ada@example.com");
        await ExecuteAsync("UPDATE platform_users SET is_active = false");

        Assert.Equal((401, Refused), Short(await host.RefreshAsync(refresh)));
        await ExecuteAsync("UPDATE platform_users SET is_active = true");
        Assert.Equal(401, (await host.RefreshAsync(refresh)).Status);
    }

    [Fact]
    public async Task Refresh_DeletedUser_Is401()
    {
        await using var host = await StartAsync();
        var (_, refresh) = await host.OpenSessionAsync("ada@example.com");
        await ExecuteAsync("DELETE FROM platform_users");

        Assert.Equal((401, Refused), Short(await host.RefreshAsync(refresh)));
        Assert.Equal(0L, await ReadAsync("SELECT count(*) FROM platform_refresh_tokens"));
    }

    [Fact]
    public async Task Logout_Token_EndsItsSessionInAllProcesses()
    {
        await using var one = await StartAsync();
        await using var other = await StartAsync();
        var (access, first) = await one.OpenSessionAsync("ada@example.com");
        var (_, elsewhere) = PlatformHost.Tokens(await one.LoginAsync("ada@example.com"));
        var (_, second) = PlatformHost.Tokens(await one.RefreshAsync(first));

        Assert.Equal(200, (await LogoutAsync(one, second)).Status);
        Assert.Equal((401, 401), ((await other.RefreshAsync(second)).Status, (await other.RefreshAsync(first)).Status));
        Assert.Equal(200, (await other.RefreshAsync(elsewhere)).Status);
        Assert.Equal(200, await other.StatusOfAsync(access));
    }

    [Fact]
    public async Task Logout_WhileTheTokenIsRotated_LeavesNoLiveToken()
    {
        await using var one = await StartAsync();
        await using var other = await StartAsync();
        await one.OpenSessionAsync("ada@example.com");
        for (var round = 0; round < 15; round++)
        {
            var (_, refresh) = PlatformHost.Tokens(await one.LoginAsync("ada@example.com"));
            var racing = await Task.WhenAll(
                one.RefreshAsync(refresh), other.RefreshAsync(refresh), LogoutAsync(one, refresh), other.RefreshAsync(refresh), LogoutAsync(other, refresh));
            foreach (var answer in racing.Where(answer => answer.Status == 200 && answer.Body.Contains("refresh_token", StringComparison.Ordinal)))
            {
                Assert.Equal(401, (await one.RefreshAsync(PlatformHost.Tokens(answer).Refresh)).Status);
            }
        }
    }

    private static Task<(int Status, string Body, System.Net.Http.Headers.HttpResponseHeaders Headers)> LogoutAsync(ServiceHost host, string token) =>
        host.SendAsync("POST", "/auth/logout", $$"""{"refresh_token":"{{token}}"}""");

    private static (int, string) Short((int Status, string Body, System.Net.Http.Headers.HttpResponseHeaders) answer) => (answer.Status, answer.Body);
}
