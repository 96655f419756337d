using System.Net.Http.Headers;
using System.Text;
using PyAirtable.Hosting.Data;
using PyAirtable.Hosting.Routing;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests;

/// <summary>What no client should send: every route answers it with a 4xx, or with what it is worth, never with a 5xx.</summary>
public abstract class HostileRequestTests(DatabaseEngine engine, PostgresServer server) : EngineTests(engine, server)
{
    private static readonly string[] Names = ["email", "username", "password", "current_password", "new_password", "refresh_token", "first_name", "last_name", "is_active",
        "event_type", "event_name", "event_data", "properties", "user_id", "session_id", "metric_name", "metric_value", "labels"];

    private static readonly string[] Values =
    [
        "null", "true", "5", "-1e999", "1e400", "[]", "{}", "\"\"", "\"a@example.com\"", "\"a\\u0000b\"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"😀\"",
        "\"' OR 1=1; DROP TABLE platform_users; --\"", "\"a@example.com\\u0000\"", "\"\\\\u0000@example.com\"", "\"" + new string('x', 70_000) + "\"",
        "\"" + string.Concat(Enumerable.Repeat("é", 300)) + "@example.com\"", "\"%00\"", "\"\\uffff\\ufffe\"",
    ];

    private static readonly byte[][] Bodies =
    [
        [], "{"u8.ToArray(), "{\"email\":"u8.ToArray(), [0], [0xff, 0xfe], [0xef, 0xbb, 0xbf, (byte)'{', (byte)'}'], "{\"email\":\"\xff\"}"u8.ToArray(), [0x22, 0xc3, 0x28, 0x22],
        Encoding.UTF8.GetBytes(new string('[', 100_000)), Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 50_000))),
        "{\"email\":1,\"email\":2,\"EMAIL\":\"x\"}"u8.ToArray(), "{\"\\u0000\":1}"u8.ToArray(), "NaN"u8.ToArray(), "{\"password\":\"\u0001\"}"u8.ToArray(),
    ];

    [Fact]
    public async Task Bodies_OfAnyKind_NeverFail()
    {
        await using var host = await StartAsync(("ADMIN_EMAILS", "ada@example.com"));
        await host.RegisterAsync("ada@example.com");
        var bodies = Bodies
            .Concat(Names.SelectMany(_ => Values, (name, value) => Encoding.UTF8.GetBytes($$"""{"{{name}}":{{value}}}""")))
            .Concat(Values.Select(value => Encoding.UTF8.GetBytes("{" + string.Join(',', Names.Select(name => $"\"{name}\":{value}")) + "}")))
            .Concat(Values.Select(value => Encoding.UTF8.GetBytes($$"""{"email":"ada@example.com","username":"ada@example.com","password":{{value}},"current_password":"longenough","new_password":{{value}},"first_name":{{value}}}""")))
            .ToList();
        var module = (PlatformModule)host.Modules[0];
        // The password is changed last, since nobody logs in after that.
        foreach (var route in Routes(module).Where(route => route.Method is "POST" or "PUT").OrderBy(route => route.Template == "/auth/change-password"))
        {
            var bearer = await LogInAsync(host);
            foreach (var body in bodies)
            {
                var status = await AssertNoFailureAsync(host, route.Method, route.Template, bearer, body, "application/json");
                if (status == 200 && route.Template == "/api/v1/auth/logout")
                {
                    bearer = await LogInAsync(host);
                }
            }
        }
    }

    [Theory]
    [InlineData("application/xml")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("text/plain")]
    public async Task ContentTypes_OfAnyKind_NeverFail(string contentType)
    {
        await using var host = await StartAsync();
        var bearer = "Bearer " + await host.RegisterAsync("ada@example.com");
        foreach (var route in Routes((PlatformModule)host.Modules[0]))
        {
            await AssertNoFailureAsync(host, route.Method, route.Template, bearer, "{\"email\":\"a\"}"u8.ToArray(), contentType);
        }
    }

    [Theory]
    [InlineData("%00")]
    [InlineData("99999999999999999999999999")]
    [InlineData("-2147483648")]
    [InlineData("1e5")]
    [InlineData("%ff")]
    [InlineData("..%2f..")]
    public async Task Paths_OfAnyKind_NeverFail(string id)
    {
        await using var host = await StartAsync();
        var bearer = "Bearer " + await host.RegisterAsync("ada@example.com");

        await AssertNoFailureAsync(host, "DELETE", "/auth/users/" + id, bearer, [], "application/json");
        await AssertNoFailureAsync(host, "GET", "/api/v1/users/" + id, bearer, [], "application/json");
    }

    [Fact]
    public async Task Headers_OfAnyKind_NeverFail()
    {
        await using var host = await StartAsync();
        await host.RegisterAsync("ada@example.com");
        foreach (var header in (string[])["X-Request-ID", "X-Trace-ID", "X-Forwarded-For", "User-Agent", "Authorization", "X-API-Key", "Origin", "Cookie", "X-Tenant-ID"])
        {
            foreach (var value in (string[])["\u00e9\u00ff", new('x', 8000), "\t", "Bearer " + new string('.', 9000), "Bearer ..", ", , ,", "'; DROP TABLE platform_users; --"])
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/auth/login") { Content = new ByteArrayContent("""{"email":"ada@example.com","password":"longenough"}"""u8.ToArray()) };
                request.Headers.TryAddWithoutValidation(header, value);
                request.Headers.TryAddWithoutValidation("X-API-Key", PlatformHost.Key);
                using var answer = await host.Client.SendAsync(request, Token);
                Assert.True((int)answer.StatusCode < 500, $"{header}: {value} had {(int)answer.StatusCode}");
            }
        }
    }

    // A minute later, when failures are forgotten.
    private async Task<string> LogInAsync(ServiceHost host)
    {
        Clock.Advance(TimeSpan.FromMinutes(1));
        return "Bearer " + PlatformHost.Tokens(await host.LoginAsync("ada@example.com")).Access;
    }

    // The metrics and the document read nothing of a request.
    private static IEnumerable<Route> Routes(PlatformModule module) => module.Routes.Routes.Concat(module.RoutesV1.Routes).Where(route => route.Template is not ("/internal/metrics" or "/openapi.json"));

    private static async Task<int> AssertNoFailureAsync(ServiceHost host, string method, string path, string bearer, byte[] body, string contentType)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path.Replace("{user_id}", "1000", StringComparison.Ordinal)) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        request.Headers.Add("X-API-Key", PlatformHost.Key);
        request.Headers.TryAddWithoutValidation("Authorization", bearer);
        using var answer = await host.Client.SendAsync(request, Token);
        Assert.True((int)answer.StatusCode < 500, $"{method} {path} had {(int)answer.StatusCode} for {Encoding.Latin1.GetString(body.AsSpan(0, Math.Min(body.Length, 200)))}");
        return (int)answer.StatusCode;
    }
}
