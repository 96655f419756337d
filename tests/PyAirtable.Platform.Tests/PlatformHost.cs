using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using PyAirtable.Hosting.Data;
using PyAirtable.Hosting.Settings;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests;

/// <summary>The platform service on real sockets.</summary>
internal static class PlatformHost
{
    public const string Key = "the-key";

    public const string Secret = "a-secret-that-a-python-service-may-have";

    /// <summary>Starts it with cheap hashes and the key <see cref="Key"/>; <paramref name="settings"/> win.</summary>
    public static Task<ServiceHost> StartAsync(string databaseUrl = "", Dictionary<string, string>? settings = null, TimeProvider? clock = null)
    {
        var all = new Dictionary<string, string>
        {
            ["DATABASE_URL"] = databaseUrl,
            ["API_KEY"] = Key,
            ["JWT_SECRET"] = Secret,
            ["PASSWORD_HASH_ROUNDS"] = "4",
        };
        foreach (var (name, value) in settings ?? [])
        {
            all[name] = value;
        }

        return ServiceHost.StartAsync(
            (reader, process) =>
            {
                var storage = DatabaseSettings.Read(reader, process);
                var platform = PlatformSettings.Read(reader, process);
                return context => [new PlatformModule(platform, context, context.Own(Database.Create(storage, context.Log, context.Clock)))];
            },
            all,
            clock);
    }

    /// <summary>Sends a request with the API key, unless the headers (<c>Name: value</c>, one a line) have one.</summary>
    public static async Task<(int Status, string Body, HttpResponseHeaders Headers)> SendAsync(
        this ServiceHost host, string method, string path, string? body = null, string headers = "")
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        foreach (var line in headers.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = (line[..line.IndexOf(':', StringComparison.Ordinal)], line[(line.IndexOf(':', StringComparison.Ordinal) + 2)..]);
            if (name == "Content-Type")
            {
                request.Content!.Headers.Remove(name);
                request.Content.Headers.TryAddWithoutValidation(name, value);
            }
            else
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        if (!headers.Contains("X-API-Key", StringComparison.Ordinal))
        {
            request.Headers.Add("X-API-Key", Key);
        }

        using var answer = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), answer.Headers);
    }

    /// <summary>Registers and answers the token.</summary>
    public static async Task<string> RegisterAsync(this ServiceHost host, string email, string password = "longenough")
    {
        var (status, body, _) = await host.SendAsync("POST", "/auth/register", $$"""{"email":"{{email}}","password":"{{password}}"}""");
        Assert.Equal(200, status);
        return JsonElement.Parse(body).GetProperty("access_token").GetString()!;
    }

    /// <summary>Registers and answers both tokens.</summary>
    public static async Task<(string Access, string Refresh)> OpenSessionAsync(this ServiceHost host, string email, string password = "longenough") =>
        Tokens(await host.SendAsync("POST", "/auth/register", $$"""{"email":"{{email}}","password":"{{password}}"}"""));

    /// <summary>The tokens of an answer that must have them.</summary>
    public static (string Access, string Refresh) Tokens((int Status, string Body, HttpResponseHeaders Headers) answer)
    {
        Assert.True(answer.Status is 200 or 201, answer.Body);
        var body = JsonElement.Parse(answer.Body);
        return (body.GetProperty("access_token").GetString()!, body.GetProperty("refresh_token").GetString()!);
    }

    public static Task<(int Status, string Body, HttpResponseHeaders Headers)> RefreshAsync(this ServiceHost host, string token, string prefix = "") =>
        host.SendAsync("POST", prefix + "/auth/refresh", $$"""{"refresh_token":"{{token}}"}""");

    /// <summary>Status of a request with an access token.</summary>
    public static async Task<int> StatusOfAsync(this ServiceHost host, string token, string path = "/auth/verify") =>
        (await host.SendAsync("GET", path, headers: "Authorization: Bearer " + token)).Status;

    public static Task<(int Status, string Body, HttpResponseHeaders Headers)> LoginAsync(this ServiceHost host, string email, string password = "longenough", string headers = "") =>
        host.SendAsync("POST", "/auth/login", $$"""{"email":"{{email}}","password":"{{password}}"}""", headers);
}
