using System.Text.Json;
using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests.Accounts;

/// <summary>What owners change of their accounts, and what that does to their sessions, on either engine (platform contract 1.5 and 8.6).</summary>
public abstract class AccountChangeContractTests(DatabaseEngine engine, PostgresServer server) : EngineTests(engine, server)
{
    private const string Invalid = """{"detail":"Invalid token"}""";

    [Theory]
    [InlineData("/auth/profile", """{"email":"x@example.com","first_name":"Ada","last_name":"L"}""", "\"Ada\"", "\"L\"")]
    [InlineData("/profile", """{"email":"x@example.com","first_name":"Ada"}""", "\"Ada\"", "null")]
    [InlineData("/auth/profile", """{"email":"x@example.com"}""", "null", "null")]
    [InlineData("/auth/profile", """{"email":"x@example.com","first_name":null,"is_active":false,"more":1}""", "null", "null")]
    [InlineData("/auth/me", """{"first_name":"Ada","last_name":"L"}""", "\"Ada\"", "\"L\"")]
    [InlineData("/auth/me", """{"last_name":"L"}""", "\"First\"", "\"L\"")]
    [InlineData("/auth/me", """{"first_name":null,"email":5}""", "null", "\"Last\"")]
    [InlineData("/auth/me", "{}", "\"First\"", "\"Last\"")]
    public async Task Put_Names_AreStored(string path, string body, string firstName, string lastName)
    {
        await using var host = await StartAsync();
        var (access, _) = PlatformHost.Tokens(await host.SendAsync("POST", "/auth/register", """{"email":"ada@example.com","password":"longenough","first_name":"First","last_name":"Last"}"""));
        var bearer = "Authorization: Bearer " + access;

        var (status, answer, _) = await host.SendAsync("PUT", path, body, bearer);
        var user = $$"""{"id":1,"email":"ada@example.com","first_name":{{firstName}},"last_name":{{lastName}},"is_active":true,"created_at":"2025-01-15T09:31:02"}""";
        Assert.Equal((200, user), (status, answer));
        Assert.Equal(user, (await host.SendAsync("GET", "/auth/me", headers: bearer)).Body);
        Assert.Equal(user, (await host.SendAsync("GET", "/auth/profile", headers: bearer)).Body);
    }

    [Fact]
    public async Task Put_Profile_SetsTheTimeOfChange()
    {
        await using var host = await StartAsync();
        var (access, _) = await host.OpenSessionAsync("ada@example.com");
        Clock.Advance(TimeSpan.FromSeconds(5));
        await host.SendAsync("PUT", "/auth/me", """{"first_name":"Ada"}""", "Authorization: Bearer " + access);

        Assert.Equal(1L, await ReadAsync("SELECT count(*) FROM platform_users WHERE updated_at > created_at"));
    }

    [Fact]
    public async Task Delete_Account_EndsEverySession()
    {
        await using var host = await StartAsync();
        var (access, refresh) = await host.OpenSessionAsync("ada@example.com");
        await host.OpenSessionAsync("eve@example.com");
        var bearer = "Authorization: Bearer " + access;

        foreach (var other in (string[])["2", "999", "0", "-5"])
        {
            Assert.Equal((403, """{"detail":"Can only delete your own account"}"""), Short(await host.SendAsync("DELETE", "/auth/users/" + other, headers: bearer)));
        }

        Assert.Equal(422, (await host.SendAsync("DELETE", "/auth/users/one", headers: bearer)).Status);
        Assert.Equal((200, """{"message":"User account deactivated successfully"}"""), Short(await host.SendAsync("DELETE", "/auth/users/1", headers: bearer)));
        Assert.Equal((401, """{"detail":"User not found or inactive"}"""), Short(await host.SendAsync("DELETE", "/auth/users/1", headers: bearer)));
        Assert.Equal(401, (await host.RefreshAsync(refresh)).Status);
        Assert.Equal(401, (await host.LoginAsync("ada@example.com")).Status);
        Assert.Equal(400, (await host.SendAsync("POST", "/auth/register", """{"email":"ADA@example.com","password":"longenough"}""")).Status);

        // What was ended stays so when the account comes back.
        await ExecuteAsync("UPDATE platform_users SET is_active = true");
        Assert.Equal((401, Invalid), Short(await host.SendAsync("GET", "/auth/verify", headers: bearer)));
        Assert.Equal(401, (await host.RefreshAsync(refresh)).Status);
        Assert.Equal(200, await host.StatusOfAsync(PlatformHost.Tokens(await host.LoginAsync("ada@example.com")).Access));
    }

    [Fact]
    public async Task ChangePassword_RightOne_EndsEverySessionInAllProcesses()
    {
        await using var host = await StartAsync();
        await using var other = await StartAsync();
        var (access, refresh) = await host.OpenSessionAsync("ada@example.com");
        var (elsewhere, _) = PlatformHost.Tokens(await other.LoginAsync("ada@example.com"));
        var (stranger, _) = await host.OpenSessionAsync("eve@example.com");

        Assert.Equal((200, """{"message":"Password changed successfully"}"""), Short(await ChangeAsync(host, access, "longenough", "another one")));
        Assert.Equal((401, Invalid), Short(await other.SendAsync("GET", "/auth/verify", headers: "Authorization: Bearer " + access)));
        Assert.Equal((401, 401), (await host.StatusOfAsync(elsewhere), (await other.RefreshAsync(refresh)).Status));
        Assert.Equal(401, (await other.LoginAsync("ada@example.com")).Status);
        Assert.Equal(200, await host.StatusOfAsync(stranger));

        // Within the same second a new token is good at once, and a further change ends it.
        var (next, _) = PlatformHost.Tokens(await other.LoginAsync("ada@example.com", "another one"));
        Assert.Equal(200, await host.StatusOfAsync(next));
        Assert.Equal(200, (await ChangeAsync(other, next, "another one", "the third one")).Status);
        Assert.Equal(401, await host.StatusOfAsync(next));
        Assert.Equal(200, await host.StatusOfAsync(PlatformHost.Tokens(await host.LoginAsync("ada@example.com", "the third one")).Access));
    }

    [Theory]
    [InlineData("not the one", "another one", """{"detail":"Current password is incorrect"}""")]
    [InlineData("", "another one", """{"detail":"Current password is incorrect"}""")]
    [InlineData("longenough", "short", """{"detail":"Password must be at least 8 characters"}""")]
    [InlineData("longenough", "a password that has more bytes than the seventy-two that bcrypt looks at.", """{"detail":"Password must be at most 72 bytes"}""")]
    public async Task ChangePassword_WrongOrAgainstTheRules_Is400(string current, string next, string answer)
    {
        await using var host = await StartAsync();
        var (access, refresh) = await host.OpenSessionAsync("ada@example.com");

        Assert.Equal((400, answer), Short(await ChangeAsync(host, access, current, next)));
        Assert.Equal((200, 200), (await host.StatusOfAsync(access), (await host.RefreshAsync(refresh)).Status));
    }

    [Fact]
    public async Task ChangePassword_Guesses_CountAsThoseOfLogins()
    {
        await using var host = await StartAsync();
        var (access, _) = await host.OpenSessionAsync("ada@example.com");
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(400, (await ChangeAsync(host, access, "not the one", "another one")).Status);
            Assert.Equal(401, (await host.LoginAsync("ada@example.com", "not the one")).Status);
        }

        var (status, body, headers) = await ChangeAsync(host, access, "longenough", "another one");
        Assert.Equal((429, """{"detail":"Rate limit exceeded"}"""), (status, body));
        Assert.Equal(60, headers.RetryAfter!.Delta!.Value.TotalSeconds);
        Assert.Equal(429, (await host.LoginAsync("ada@example.com")).Status);
    }

    [Fact]
    public async Task ChangePassword_ManyAtOnce_OneWins()
    {
        await using var host = await StartAsync();
        var (access, _) = await host.OpenSessionAsync("ada@example.com");

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => ChangeAsync(host, access, "longenough", $"another one {i}")));
        Assert.Equal(1, answers.Count(answer => answer.Status == 200));
        Assert.All(answers, answer => Assert.Contains(answer.Status, new[] { 200, 400, 401 }));
    }

    [Fact]
    public async Task ChangePassword_WhileOthersLogInAndRefresh_LeavesNoSession()
    {
        await using var one = await StartAsync();
        await using var other = await StartAsync();
        var (access, _) = await one.OpenSessionAsync("ada@example.com");
        for (var round = 0; round < 10; round++)
        {
            var (old, next) = (round == 0 ? "longenough" : $"password {round - 1}", $"password {round}");
            (access, var refresh) = PlatformHost.Tokens(await one.LoginAsync("ada@example.com", old));
            var change = ChangeAsync(one, access, old, next);
            var racing = await Task.WhenAll(
                other.LoginAsync("ada@example.com", old), other.RefreshAsync(refresh), one.LoginAsync("ada@example.com", old), other.RefreshAsync(refresh));
            Assert.Equal(200, (await change).Status);
            foreach (var answer in racing.Where(answer => answer.Status == 200))
            {
                var (lateAccess, lateRefresh) = PlatformHost.Tokens(answer);
                Assert.Equal((401, 401), (await other.StatusOfAsync(lateAccess), (await other.RefreshAsync(lateRefresh)).Status));
            }

            // Failures of the old password are forgotten.
            Clock.Advance(TimeSpan.FromMinutes(1));
        }
    }

    [Fact]
    public async Task Validate_GoodToken_TellsWhatItStandsFor()
    {
        await using var host = await StartAsync(("ADMIN_EMAILS", "ADA@example.com"));
        var (access, _) = await host.OpenSessionAsync("ada@example.com");

        var (status, body, _) = await host.SendAsync("POST", "/auth/validate", headers: "Authorization: Bearer " + access);
        Assert.Equal((200, """{"user_id":1,"email":"ada@example.com","role":"admin","exp":1737019862,"iat":1736933462}"""), (status, body));
        var foreign = Tokens.HandMadeToken.Make("""{"sub":"1","exp":4102444800}""", PlatformHost.Secret);
        Assert.EndsWith("""
            "exp":4102444800,"iat":null}
            """.Trim(), (await host.SendAsync("POST", "/auth/validate", headers: "Authorization: Bearer " + foreign)).Body, StringComparison.Ordinal);
        Assert.Equal((401, """{"detail":"Missing or invalid authorization header"}"""), Short(await host.SendAsync("POST", "/auth/validate")));
    }

    [Fact]
    public async Task Token_Role_IsThatOfTheUser()
    {
        await using var host = await StartAsync(("ADMIN_EMAILS", "ada@example.com"));
        var (admin, _) = await host.OpenSessionAsync("ada@example.com");
        var (user, _) = await host.OpenSessionAsync("eve@example.com");

        Assert.Equal(("admin", "user"), (RoleIn(admin), RoleIn(user)));
        await ExecuteAsync("""UPDATE platform_users SET meta_data = '{"role":"admin"}'""");
        Assert.Equal("admin", RoleIn(PlatformHost.Tokens(await host.LoginAsync("eve@example.com")).Access));
    }

    private static string? RoleIn(string token) =>
        JsonElement.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(token.Split('.')[1])).GetProperty("role").GetString();

    private static Task<(int Status, string Body, System.Net.Http.Headers.HttpResponseHeaders Headers)> ChangeAsync(ServiceHost host, string access, string current, string next) =>
        host.SendAsync("POST", "/auth/change-password", $$"""{"current_password":"{{current}}","new_password":"{{next}}"}""", "Authorization: Bearer " + access);

    private static (int, string) Short((int Status, string Body, System.Net.Http.Headers.HttpResponseHeaders) answer) => (answer.Status, answer.Body);
}
