using System.Text.Json;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests.Accounts;

/// <summary>Registration, login and profile as clients see them, on either engine.</summary>
public abstract class AccountContractTests(PlatformFixture platform)
{
    private ServiceHost Host => platform.Host;

    public static TheoryData<string> Scenarios => Scenario.Names(AccountScenarios.All);

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task Request_OfScenario_IsAnsweredAsTheContractSays(string name)
    {
        var scenario = AccountScenarios.All.Single(known => known.Name == name);
        var parts = scenario.Request.Split(' ');

        var (status, body, _) = await Host.SendAsync(parts[0], parts[1], scenario.Body, scenario.Headers);

        Assert.Equal((scenario.Status, scenario.Answer), (status, body));
    }

    [Theory]
    [InlineData("/auth")]
    [InlineData("")]
    public async Task Register_ThenLoginVerifyProfile_AnswerTheSameUser(string prefix)
    {
        var email = $"Ada{prefix.Length}@example.com";
        var (status, registered, _) = await Host.SendAsync("POST", prefix + "/register", $$"""{"email":"Ada Lovelace <Ada{{prefix.Length}}@Example.COM>","password":"pässword","first_name":"Adä 😀"}""");
        Assert.Equal(200, status);
        var answer = JsonElement.Parse(registered);
        Assert.Equal(["access_token", "token_type", "expires_in", "user", "refresh_token", "refresh_expires_in"], answer.EnumerateObject().Select(member => member.Name));
        Assert.Equal(("bearer", 86400, 604800), (answer.GetProperty("token_type").GetString(), answer.GetProperty("expires_in").GetInt32(), answer.GetProperty("refresh_expires_in").GetInt32()));
        Assert.Matches("^[A-Za-z0-9_-]{43}=$", answer.GetProperty("refresh_token").GetString());
        var user = answer.GetProperty("user").GetRawText();
        Assert.Matches($$"""^\{"id":\d+,"email":"{{email}}","first_name":"Adä 😀","last_name":null,"is_active":true,"created_at":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?"\}$""", user);

        var (_, loggedIn, _) = await Host.SendAsync("POST", prefix + "/login", $$"""{"email":"{{email}}","password":"pässword"}""");
        Assert.Equal(user, JsonElement.Parse(loggedIn).GetProperty("user").GetRawText());
        var bearer = "Authorization: Bearer " + JsonElement.Parse(loggedIn).GetProperty("access_token").GetString();
        Assert.Equal($$"""{"valid":true,"user":{{user}}}""", (await Host.SendAsync("GET", prefix + "/verify", headers: bearer)).Body);
        Assert.Equal(user, (await Host.SendAsync("GET", prefix + "/profile", headers: bearer)).Body);
    }

    [Theory]
    [InlineData("POST", "/login", "{}", true)]
    [InlineData("GET", "/profile", null, true)]
    [InlineData("POST", "/auth/login", "{}", false)]
    public async Task Answer_OfLegacyPath_IsMarkedDeprecated(string method, string path, string? body, bool deprecated)
    {
        var (_, _, headers) = await Host.SendAsync(method, path, body);

        Assert.Equal(deprecated, headers.TryGetValues("Deprecation", out var values) && values.Single() == "true");
    }

    [Fact]
    public async Task Register_AddressTakenInAnyCase_Is400()
    {
        await Host.RegisterAsync("Taken@example.com");

        foreach (var email in (string[])["Taken@example.com", "taken@EXAMPLE.com", "TAKEN@example.com"])
        {
            var (status, body, _) = await Host.SendAsync("POST", "/auth/register", $$"""{"email":"{{email}}","password":"longenough"}""");
            Assert.Equal((400, """{"detail":"Email already registered"}"""), (status, body));
        }
    }

    [Fact]
    public async Task Login_AddressInAnotherCase_FindsTheOnlyAccount()
    {
        await Host.RegisterAsync("Case@example.com");

        Assert.Equal(200, (await Host.LoginAsync("cASE@example.com")).Status);
    }

    [Fact]
    public async Task Register_ManyOfOneAddressAtOnce_OneSucceeds()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Host.SendAsync(
            "POST", "/auth/register", $$"""{"email":"{{(i % 2 == 0 ? "race" : "RACE")}}@example.com","password":"longenough"}""")));

        Assert.Equal(1, answers.Count(answer => answer.Status == 200));
        Assert.Equal(15, answers.Count(answer => answer is { Status: 400, Body: """{"detail":"Email already registered"}""" }));
    }

    [Fact]
    public async Task Login_WrongUnknownOrInactive_HaveOneBody()
    {
        var token = await Host.RegisterAsync("off@example.com");
        await Host.RegisterAsync("on@example.com");
        await platform.ExecuteAsync("UPDATE platform_users SET is_active = false WHERE email = 'off@example.com'");

        var wrong = await Host.LoginAsync("on@example.com", "not it at all");
        var inactive = await Host.LoginAsync("off@example.com");
        var unknown = await Host.LoginAsync("never@example.com");

        Assert.All([wrong, inactive, unknown], answer => Assert.Equal((401, """{"detail":"Invalid credentials"}"""), (answer.Status, answer.Body)));
        Assert.Equal((401, """{"detail":"User not found or inactive"}"""), Short(await Host.SendAsync("GET", "/auth/profile", headers: "Authorization: Bearer " + token)));
        Assert.Equal(400, (await Host.SendAsync("POST", "/auth/register", """{"email":"off@example.com","password":"longenough"}""")).Status);
    }

    [Fact]
    public async Task Login_PasswordBeyond72Bytes_CountsItsFirst72()
    {
        var password = new string('p', 72);
        await Host.RegisterAsync("long@example.com", password);

        Assert.Equal(200, (await Host.LoginAsync("long@example.com", password + "more")).Status);
        Assert.Equal(401, (await Host.LoginAsync("long@example.com", password[1..])).Status);
    }

    [Fact]
    public async Task Login_MalformedStoredHash_Is500WithItsDetail()
    {
        await Host.RegisterAsync("broken@example.com");
        await platform.ExecuteAsync("UPDATE platform_users SET password_hash = 'plain' WHERE email = 'broken@example.com'");

        Assert.Equal((500, """{"detail":"Login failed"}"""), Short(await Host.LoginAsync("broken@example.com")));
    }

    [Fact]
    public async Task WrongMethod_NamesTheMethodsOfThePath()
    {
        using var answer = await Host.Client.DeleteAsync("/auth/login", TestContext.Current.CancellationToken);

        Assert.Equal(["POST"], answer.Content.Headers.Allow);
    }

    [Fact]
    public async Task TrailingSlash_RedirectsBeforeTheKeyIsAsked()
    {
        var (status, _, headers) = await Host.SendAsync("POST", "/auth/login/?a=b", "{}", "X-API-Key: ");

        Assert.Equal((307, "/auth/login?a=b"), (status, headers.Location!.PathAndQuery));
    }

    private static (int, string) Short((int Status, string Body, System.Net.Http.Headers.HttpResponseHeaders) answer) => (answer.Status, answer.Body);
}
