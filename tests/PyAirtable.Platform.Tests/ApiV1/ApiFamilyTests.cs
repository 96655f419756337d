using System.Net;
using System.Text.Json;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests.ApiV1;

public sealed class ApiFamilyTests(SqlitePlatform platform) : IClassFixture<SqlitePlatform>
{
    private ServiceHost Host => platform.Host;

    [Theory]
    [InlineData("/api/v1", 404, "Cannot GET /api/v1")]
    [InlineData("/api/v1/", 404, "Cannot GET /api/v1/")]
    [InlineData("/api/v1/nothing", 404, "Cannot GET /api/v1/nothing")]
    [InlineData("/api/v1/auth/login", 405, "Method Not Allowed")]
    [InlineData("/api/v1/auth/profile/", 404, "Cannot GET /api/v1/auth/profile/")]
    [InlineData("/api/v1/Auth/profile", 404, "Cannot GET /api/v1/Auth/profile")]
    public async Task Miss_Path_HasTheLongErrorWhateverTheKey(string path, int expected, string error)
    {
        var (status, body, _) = await Host.SendAsync("GET", path, headers: "X-API-Key: ");
        var answer = JsonElement.Parse(body);
        Assert.Equal((expected, error, "GET", path), (status, answer.GetProperty("error").GetString(), answer.GetProperty("method").GetString(), answer.GetProperty("path").GetString()));
        Assert.Matches("""^\{"error":"[^"]*","method":"GET","path":"[^"]*","timestamp":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z"\}$""", body);
    }

    [Theory]
    [InlineData("/api/v1/users/nothing", 404)]
    [InlineData("/api/v1/users/profile/", 404)]
    [InlineData("/api/v1/analytics/nothing", 404)]
    public async Task Miss_InAClosedGroup_IsToldToTheKnown(string path, int expected)
    {
        var token = await Host.RegisterAsync($"{Guid.NewGuid():N}@example.com");

        Assert.Equal(expected, await Host.StatusOfAsync(token, path));
    }

    [Fact]
    public async Task Miss_WrongMethodInAClosedGroup_NamesMethodsToTheKnownOnly()
    {
        var token = await Host.RegisterAsync($"{Guid.NewGuid():N}@example.com");
        using var request = new HttpRequestMessage(HttpMethod.Patch, "/api/v1/users/profile");
        using var stranger = await Host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        using var again = new HttpRequestMessage(HttpMethod.Patch, "/api/v1/users/profile");
        again.Headers.Add("Authorization", "Bearer " + token);
        using var known = await Host.Client.SendAsync(again, TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.Unauthorized, 0), (stranger.StatusCode, stranger.Content.Headers.Allow.Count));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, known.StatusCode);
        Assert.Equal(["GET", "PUT", "DELETE"], known.Content.Headers.Allow);
    }

    [Theory]
    [InlineData("/api/v10")]
    [InlineData("/api/V1/auth/login")]
    [InlineData("/api")]
    public async Task Miss_BesideTheFamily_HasTheOtherError(string path) =>
        Assert.Equal((404, """{"detail":"Not Found"}"""), Short(await Host.SendAsync("GET", path)));

    [Theory]
    [InlineData("/api/v1/auth/profile")]
    [InlineData("/api/v1/nothing")]
    public async Task Answer_Headers_AreThoseOfTheGoService(string path)
    {
        var (_, _, headers) = await Host.SendAsync("GET", path, headers: "X-Request-ID: mine");

        Assert.Equal("mine", One("X-Request-ID"));
        Assert.Equal("PyAirtable-Platform", One("Server"));
        Assert.Equal(("nosniff", "SAMEORIGIN", "0", "same-origin"), (One("X-Content-Type-Options"), One("X-Frame-Options"), One("X-XSS-Protection"), One("Cross-Origin-Resource-Policy")));
        Assert.False(headers.Contains("WWW-Authenticate"));

        string One(string name) => headers.GetValues(name).Single();
    }

    [Fact]
    public async Task Answer_WithoutRequestId_HasANewOne()
    {
        var (_, _, first) = await Host.SendAsync("GET", "/api/v1/nothing");
        var (_, _, second) = await Host.SendAsync("GET", "/api/v1/nothing", headers: "X-Request-ID: ");

        Assert.True(Guid.TryParse(first.GetValues("X-Request-ID").Single(), out var one) && Guid.TryParse(second.GetValues("X-Request-ID").Single(), out var other) && one != other);
    }

    [Fact]
    public async Task Answer_OfPythonRoutes_HasNoneOfThese()
    {
        var (_, _, headers) = await Host.SendAsync("GET", "/auth/profile", headers: "X-Request-ID: mine");

        Assert.False(headers.Contains("X-Request-ID") || headers.Contains("Server") || headers.Contains("X-Frame-Options"));
    }

    [Fact]
    public async Task Options_AnyPath_Is204WithoutKeyAndWithoutCredentials()
    {
        var (status, body, headers) = await Host.SendAsync("OPTIONS", "/api/v1/users/profile", headers: "Origin: https://a.b\nAccess-Control-Request-Method: PUT\nX-API-Key: ");

        Assert.Equal((204, ""), (status, body));
        Assert.Equal(("*", "GET,POST,PUT,DELETE,OPTIONS"), (headers.GetValues("Access-Control-Allow-Origin").Single(), headers.GetValues("Access-Control-Allow-Methods").Single()));
        Assert.Equal("Origin,Content-Type,Accept,Authorization,X-API-Key", headers.GetValues("Access-Control-Allow-Headers").Single());
        Assert.False(headers.Contains("Access-Control-Allow-Credentials"));
    }

    [Fact]
    public async Task Body_TooLarge_Is413()
    {
        using var body = new ByteArrayContent(new byte[(1024 * 1024) + 1]);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/auth/login") { Content = body };
        request.Headers.Add("X-API-Key", PlatformHost.Key);
        using var answer = await Host.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal("""{"error":"Request Entity Too Large"}""", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Host_NotAllowed_Is400Here()
    {
        await using var host = await PlatformHost.StartAsync(settings: new() { ["ALLOWED_HOSTS"] = "elsewhere.example" });

        Assert.Equal((400, "Invalid host header"), Short(await host.SendAsync("GET", "/api/v1/auth/profile")));
    }

    private static (int, string) Short((int Status, string Body, System.Net.Http.Headers.HttpResponseHeaders) answer) => (answer.Status, answer.Body);
}
