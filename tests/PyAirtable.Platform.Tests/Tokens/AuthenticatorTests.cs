using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests.Tokens;

/// <summary>Tokens of many requests at once, on either engine.</summary>
public abstract class AuthenticatorTests(DatabaseEngine engine, PostgresServer server) : EngineTests(engine, server)
{
    private const string Nobody = """{"sub":"999999","iat":1736933400,"exp":4102444800,"type":"access"}""";

    [Fact]
    public async Task Verify_ManyTokensAtOnce_EachHasItsOwnAnswer()
    {
        await using var host = await StartAsync();
        var nobody = HandMadeToken.Make(Nobody, PlatformHost.Secret);
        var sessions = new List<(string Email, string Token, bool Revoked)>();
        for (var i = 0; i < 12; i++)
        {
            var email = $"user{i}@example.com";
            sessions.Add((email, await host.RegisterAsync(email), i % 3 == 0));
            if (i % 3 == 0)
            {
                Assert.Equal(200, await LogoutAsync(host, sessions[i].Token));
            }
        }

        await Task.WhenAll(Enumerable.Range(0, 400).Select(async i =>
        {
            var (email, token, revoked) = sessions[i % sessions.Count];
            var (status, body, _) = await host.SendAsync("GET", "/auth/profile", headers: "Authorization: Bearer " + (i % 5 == 4 ? nobody : token));
            var expected = i % 5 == 4 ? "User not found or inactive" : revoked ? "Invalid token" : email;

            Assert.Equal(i % 5 != 4 && !revoked ? 200 : 401, status);
            Assert.Contains($"\"{expected}\"", body, StringComparison.Ordinal);
        }));
    }

    [Fact]
    public async Task Verify_AfterALogoutWasAnswered_IsRefusedWhateverElseIsUnderWay()
    {
        await using var host = await StartAsync();
        var busy = await host.RegisterAsync("busy@example.com");
        var leaving = new List<string>();
        for (var i = 0; i < 8; i++)
        {
            leaving.Add(await host.RegisterAsync($"leaving{i}@example.com"));
        }

        using var done = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var load = Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            while (!done.IsCancellationRequested)
            {
                Assert.Equal(200, await host.StatusOfAsync(busy));
            }
        }));
        await Task.WhenAll(leaving.Select(async token =>
        {
            Assert.Equal(200, await host.StatusOfAsync(token));
            Assert.Equal(200, await LogoutAsync(host, token));
            Assert.All(await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => host.StatusOfAsync(token))), status => Assert.Equal(401, status));
        }));
        await done.CancelAsync();
        await load;
    }

    [Fact]
    public async Task Verify_LookUpFails_IsTheFamilysFailureAndLaterOnesWork()
    {
        await using var host = await StartAsync();
        var token = await host.RegisterAsync("ada@example.com");
        await ExecuteAsync("ALTER TABLE platform_users RENAME TO elsewhere");
        var failed = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => host.SendAsync("GET", "/auth/verify", headers: "Authorization: Bearer " + token)));
        Assert.All(failed, answer => Assert.Equal((401, """{"detail":"Authentication failed"}"""), (answer.Status, answer.Body)));
        Assert.Equal(500, await host.StatusOfAsync(token, "/api/v1/admin/users"));

        await ExecuteAsync("ALTER TABLE elsewhere RENAME TO platform_users");
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => host.StatusOfAsync(token))), status => Assert.Equal(200, status));
    }

    private static async Task<int> LogoutAsync(ServiceHost host, string token) =>
        (await host.SendAsync("POST", "/api/v1/auth/logout", headers: "Authorization: Bearer " + token)).Status;
}
