using System.Text.Json;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests.ApiV1;

/// <summary>Accounts under <c>/api/v1</c> as clients see them, on either engine (platform contract 8.1 to 8.3).</summary>
public abstract class ApiContractTests(PlatformFixture platform)
{
    private ServiceHost Host => platform.Host;

    public static TheoryData<string> Scenarios => Scenario.Names(ApiScenarios.All);

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task Request_OfScenario_IsAnsweredAsTheContractSays(string name)
    {
        var scenario = ApiScenarios.All.Single(known => known.Name == name);
        var parts = scenario.Request.Split(' ');

        var (status, body, _) = await Host.SendAsync(parts[0], parts[1], scenario.Body, scenario.Headers);

        Assert.Equal((scenario.Status, scenario.Answer), (status, body));
    }

    [Fact]
    public async Task Register_ThenLoginProfileRefresh_AnswerTheSameUser()
    {
        var (status, registered, _) = await Host.SendAsync("POST", "/api/v1/auth/register", """{"Email":"Ada@Example.COM","PASSWORD":"longenough","first_name":"Adä","last_name":null}""");
        Assert.Equal(201, status);
        var answer = JsonElement.Parse(registered);
        Assert.Equal(["message", "user", "user_id", "email", "access_token", "refresh_token", "token_type", "expires_in"], answer.EnumerateObject().Select(member => member.Name));
        Assert.Equal("User registered successfully", answer.GetProperty("message").GetString());
        var user = answer.GetProperty("user").GetRawText();
        Assert.Matches($$"""^\{"id":\d+,"email":"Ada@example.com","first_name":"Adä","last_name":"","is_active":true,"created_at":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?Z","updated_at":"[^"]+Z"\}$""", user);

        var (loginStatus, loggedIn, _) = await Host.SendAsync("POST", "/api/v1/auth/login", """{"username":"Ada@example.com","password":"longenough"}""");
        var login = JsonElement.Parse(loggedIn);
        Assert.Equal(200, loginStatus);
        Assert.Equal(["access_token", "refresh_token", "token_type", "expires_in", "user_id", "email", "user"], login.EnumerateObject().Select(member => member.Name));
        Assert.Equal(("Bearer", 86400, "Ada@example.com"), (login.GetProperty("token_type").GetString(), login.GetProperty("expires_in").GetInt32(), login.GetProperty("email").GetString()));
        Assert.Equal(user, login.GetProperty("user").GetRawText());

        var bearer = "Authorization: Bearer " + login.GetProperty("access_token").GetString();
        Assert.Equal((200, user), Short(await Host.SendAsync("GET", "/api/v1/users/profile", headers: bearer)));
        Assert.Equal((200, user), Short(await Host.SendAsync("GET", "/api/v1/auth/profile", headers: bearer)));
        var (refreshStatus, refreshed, _) = await Host.RefreshAsync(login.GetProperty("refresh_token").GetString()!, "/api/v1");
        Assert.Equal((200, user), (refreshStatus, JsonElement.Parse(refreshed).GetProperty("user").GetRawText()));
        Assert.Equal((400, """{"error":"email already registered"}"""), Short(await Host.SendAsync("POST", "/api/v1/auth/register", """{"email":"ADA@example.com","password":"longenough"}""")));
    }

    [Fact]
    public async Task Tokens_OfEitherStyle_WorkOnBoth()
    {
        var (python, pythonRefresh) = await Host.OpenSessionAsync("both@example.com");
        var (go, goRefresh) = PlatformHost.Tokens(await Host.SendAsync("POST", "/api/v1/auth/login", """{"email":"both@example.com","password":"longenough"}"""));

        Assert.Equal((200, 200), (await Host.StatusOfAsync(python, "/api/v1/users/profile"), await Host.StatusOfAsync(go, "/auth/profile")));
        Assert.Equal((200, 200), ((await Host.RefreshAsync(pythonRefresh, "/api/v1")).Status, (await Host.RefreshAsync(goRefresh)).Status));
    }

    [Theory]
    [InlineData("""{"first_name":"Eve"}""", "Eve", "Last")]
    [InlineData("""{"first_name":"","last_name":"L"}""", "First", "L")]
    [InlineData("""{"FIRST_NAME":"😀","unknown":[1]}""", "😀", "Last")]
    [InlineData("{}", "First", "Last")]
    public async Task PutProfile_EmptyOrAbsent_LeavesTheName(string body, string firstName, string lastName)
    {
        var email = $"put{Guid.NewGuid():N}@example.com";
        var (access, _) = PlatformHost.Tokens(await Host.SendAsync("POST", "/api/v1/auth/register", $$"""{"email":"{{email}}","password":"longenough","first_name":"First","last_name":"Last"}"""));

        var (status, answer, _) = await Host.SendAsync("PUT", "/api/v1/users/profile", body, "Authorization: Bearer " + access);
        var user = JsonElement.Parse(answer);
        Assert.Equal((200, firstName, lastName), (status, user.GetProperty("first_name").GetString(), user.GetProperty("last_name").GetString()));
    }

    [Theory]
    [InlineData("{bad", """{"error":"Invalid request body"}""")]
    [InlineData("""{"first_name":5}""", """{"error":"Invalid request body"}""")]
    [InlineData("""{"last_name":"nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn"}""", """{"error":"last_name must be at most 100 characters"}""")]
    public async Task PutProfile_BadBody_Is400(string body, string error)
    {
        var (access, _) = await Host.OpenSessionAsync($"bad{Guid.NewGuid():N}@example.com");

        Assert.Equal((400, error), Short(await Host.SendAsync("PUT", "/api/v1/users/profile", body, "Authorization: Bearer " + access)));
    }

    [Fact]
    public async Task DeleteProfile_ThenUse_IsRefusedEverywhere()
    {
        var (access, refresh) = await Host.OpenSessionAsync("gone@example.com");
        var bearer = "Authorization: Bearer " + access;

        Assert.Equal((200, """{"message":"User deleted successfully"}"""), Short(await Host.SendAsync("DELETE", "/api/v1/users/profile", headers: bearer)));
        Assert.Equal((401, """{"error":"User not authenticated"}"""), Short(await Host.SendAsync("GET", "/api/v1/users/profile", headers: bearer)));
        Assert.Equal(401, (await Host.RefreshAsync(refresh, "/api/v1")).Status);
        Assert.Equal((403, """{"error":"user account is not active"}"""), Short(await LoginAsync("gone@example.com", "longenough")));
        Assert.Equal((401, """{"error":"invalid email or password"}"""), Short(await LoginAsync("gone@example.com", "not the one")));
    }

    [Theory]
    [InlineData("""{"exp":4102444800}""", "User not authenticated")]
    [InlineData("""{"sub":"0","exp":4102444800}""", "User not authenticated")]
    [InlineData("""{"sub":"ada","exp":4102444800}""", "User not authenticated")]
    [InlineData("""{"sub":"999999","exp":4102444800}""", "User not authenticated")]
    [InlineData("""{"sub":"1","exp":1736933401}""", "Invalid token")]
    [InlineData("""{"sub":"1"}""", "Invalid token")]
    [InlineData("""{"sub":"1","exp":4102444800,"iat":4102444000}""", "Invalid token")]
    [InlineData("""{"sub":"1","user_id":2,"exp":4102444800}""", "Invalid token")]
    public async Task Profile_BadClaims_Are401(string claims, string error)
    {
        var token = Tests.Tokens.HandMadeToken.Make(claims, PlatformHost.Secret);

        Assert.Equal((401, $$"""{"error":"{{error}}"}"""), Short(await Host.SendAsync("GET", "/api/v1/users/profile", headers: "Authorization: Bearer " + token)));
    }

    [Fact]
    public async Task Logout_WithRefreshToken_EndsThatSessionOnly()
    {
        var (access, refresh) = await Host.OpenSessionAsync("out@example.com");
        var (elsewhere, elsewhereRefresh) = PlatformHost.Tokens(await Host.LoginAsync("out@example.com"));
        var (_, stranger) = await Host.OpenSessionAsync("stranger@example.com");
        var bearer = "Authorization: Bearer " + access;

        Assert.Equal(400, (await Host.SendAsync("POST", "/api/v1/auth/logout", "{bad", bearer)).Status);
        Assert.Equal(200, (await Host.SendAsync("POST", "/api/v1/auth/logout", $$"""{"refresh_token":"{{refresh}}"}""", bearer)).Status);
        Assert.Equal((401, 401), (await Host.StatusOfAsync(access), (await Host.RefreshAsync(refresh)).Status));

        // Another's is none of one's own.
        Assert.Equal(200, (await Host.SendAsync("POST", "/api/v1/auth/logout", $$"""{"refresh_token":"{{stranger}}"}""", "Authorization: Bearer " + elsewhere)).Status);
        Assert.Equal((200, 200), ((await Host.RefreshAsync(stranger)).Status, (await Host.RefreshAsync(elsewhereRefresh)).Status));
    }

    [Fact]
    public async Task Login_FailuresOnBothStyles_CountTogether()
    {
        await Host.RegisterAsync("slow@example.com");
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(401, (await LoginAsync("slow@example.com", "not the one", "X-Forwarded-For: 192.0.2.77")).Status);
            Assert.Equal(401, (await Host.LoginAsync("slow@example.com", "not the one", "X-Forwarded-For: 192.0.2.77")).Status);
        }

        var (status, body, headers) = await LoginAsync("SLOW@example.com", "longenough");
        Assert.Equal((429, """{"error":"Rate limit exceeded"}"""), (status, body));
        Assert.InRange(headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Equal(429, (await Host.LoginAsync("slow@example.com")).Status);
    }

    private Task<(int Status, string Body, System.Net.Http.Headers.HttpResponseHeaders Headers)> LoginAsync(string email, string password, string headers = "") =>
        Host.SendAsync("POST", "/api/v1/auth/login", $$"""{"email":"{{email}}","password":"{{password}}"}""", headers);

    private static (int, string) Short((int Status, string Body, System.Net.Http.Headers.HttpResponseHeaders) answer) => (answer.Status, answer.Body);
}
