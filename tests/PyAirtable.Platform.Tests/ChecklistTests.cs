using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Text.Json;
using PyAirtable.Hosting.Data;
using PyAirtable.Platform.Tests.Tokens;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests;

/// <summary>The platform contract's own checklist (8.7), as far as it concerns accounts and tokens. Row 16 is in <see cref="Storage.PythonDatabaseTests"/>,
/// a database that is down in <see cref="OutageTests"/>.</summary>
public abstract class ChecklistTests(DatabaseEngine engine, PostgresServer server) : EngineTests(engine, server)
{
    private const string Credentials = """{"email":"ada@example.com","password":"longenough"}""";

    private static readonly Dictionary<string, Func<ChecklistTests, Task>> Checks = new()
    {
        ["1 register answers a TokenResponse"] = check => check.WithHostAsync(async host =>
        {
            var answer = Json(await host.SendAsync("POST", "/auth/register", Credentials));
            Assert.Empty(((string[])["access_token", "token_type", "expires_in", "user"]).Except(Members(answer)));
            Assert.Equal(["id", "email", "first_name", "last_name", "is_active", "created_at"], Members(answer.GetProperty("user")));
            Assert.Equal(("bearer", 86400), (answer.GetProperty("token_type").GetString(), answer.GetProperty("expires_in").GetInt32()));
        }),
        ["2 the payload of a token"] = check => check.WithHostAsync(async host =>
        {
            var claims = JsonElement.Parse(Base64Url.DecodeFromChars((await host.RegisterAsync("ada@example.com")).Split('.')[1]));
            Assert.Equal(("1", "access"), (claims.GetProperty("sub").GetString(), claims.GetProperty("type").GetString()));
            Assert.Equal(86400, claims.GetProperty("exp").GetInt64() - claims.GetProperty("iat").GetInt64());
            Assert.False(claims.TryGetProperty("aud", out _));
        }),
        ["3 registrations that are refused"] = check => check.WithHostAsync(async host =>
        {
            await host.RegisterAsync("ada@example.com");
            Assert.Equal((400, """{"detail":"Email already registered"}"""), Short(await host.SendAsync("POST", "/auth/register", Credentials)));
            Assert.Equal((400, """{"detail":"Password must be at least 8 characters"}"""), Short(await host.SendAsync("POST", "/auth/register", """{"email":"eve@example.com","password":"1234567"}""")));
            var missing = await host.SendAsync("POST", "/auth/register", """{"password":"longenough"}""");
            Assert.Equal((422, """["body","email"]"""), (missing.Status, JsonElement.Parse(missing.Body).GetProperty("detail")[0].GetProperty("loc").GetRawText()));
        }),
        ["4 logins that are refused have one body"] = check => check.WithHostAsync(async host =>
        {
            await host.RegisterAsync("ada@example.com");
            await host.RegisterAsync("gone@example.com");
            await check.ExecuteAsync("UPDATE platform_users SET is_active = false WHERE email = 'gone@example.com'");
            foreach (var answer in new[] { await host.LoginAsync("ada@example.com", "not the one"), await host.LoginAsync("nobody@example.com"), await host.LoginAsync("gone@example.com") })
            {
                Assert.Equal((401, """{"detail":"Invalid credentials"}"""), Short(answer));
            }
        }),
        ["5 verify and profile without a good token"] = check => check.WithHostAsync(async host =>
        {
            var gone = await host.RegisterAsync("gone@example.com");
            await check.ExecuteAsync("UPDATE platform_users SET is_active = false");
            (string? Header, string Detail)[] rows =
            [
                (null, "Missing or invalid authorization header"),
                ("Basic x", "Missing or invalid authorization header"),
                ("Bearer garbage", "Invalid token"),
                ("Bearer " + HandMadeToken.Make("""{"sub":"1","exp":4102444800}""", "another secret"), "Invalid token"),
                ("Bearer " + HandMadeToken.Make("""{"sub":"1","exp":1736933400}""", PlatformHost.Secret), "Token expired"),
                ("Bearer " + HandMadeToken.Make("""{"sub":"0","exp":4102444800}""", PlatformHost.Secret), "Invalid token payload"),
                ("Bearer " + HandMadeToken.Make("""{"sub":"ada","exp":4102444800}""", PlatformHost.Secret), "Authentication failed"),
                ("Bearer " + gone, "User not found or inactive"),
            ];
            foreach (var (header, detail) in rows)
            {
                foreach (var path in (string[])["/auth/verify", "/auth/profile", "/verify", "/profile"])
                {
                    Assert.Equal((401, $$"""{"detail":"{{detail}}"}"""), Short(await host.SendAsync("GET", path, headers: header is null ? "" : "Authorization: " + header)));
                }
            }
        }),
        ["6 delete"] = check => check.WithHostAsync(async host =>
        {
            var bearer = "Authorization: Bearer " + await host.RegisterAsync("ada@example.com");
            Assert.Equal(403, (await host.SendAsync("DELETE", "/auth/users/2", headers: bearer)).Status);
            Assert.Equal(200, (await host.SendAsync("DELETE", "/auth/users/1", headers: bearer)).Status);
            Assert.Equal(401, (await host.SendAsync("GET", "/auth/verify", headers: bearer)).Status);
            Assert.Equal(401, (await host.LoginAsync("ada@example.com")).Status);
            Assert.Equal(400, (await host.SendAsync("POST", "/auth/register", Credentials)).Status);
        }),
        ["7 PUT profile"] = check => check.WithHostAsync(async host =>
        {
            var bearer = "Authorization: Bearer " + await host.RegisterAsync("ada@example.com");
            Assert.Equal(422, (await host.SendAsync("PUT", "/auth/profile", """{"first_name":"Ada"}""", bearer)).Status);
            await host.SendAsync("PUT", "/auth/profile", """{"email":"ada@example.com","first_name":"Ada","last_name":"L"}""", bearer);
            var user = Json(await host.SendAsync("PUT", "/auth/profile", """{"email":"ada@example.com"}""", bearer));
            Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (user.GetProperty("first_name").ValueKind, user.GetProperty("last_name").ValueKind));
        }),
        ["8 the API key by both settings"] = async check =>
        {
            foreach (var (required, mayMiss, absent, wrong) in new[] { ("true", "false", 401, 401), ("true", "true", 422, 401), ("false", "false", 422, 422), ("false", "true", 422, 422) })
            {
                await using var host = await check.StartAsync(("REQUIRE_API_KEY", required), ("API_KEY_ALLOW_MISSING", mayMiss));
                foreach (var path in (string[])["/auth/login", "/login", "/auth/refresh", "/auth/logout"])
                {
                    Assert.Equal(absent, (await host.SendAsync("POST", path, "{}", "X-API-Key: ")).Status);
                    Assert.Equal(wrong, (await host.SendAsync("POST", path, "{}", "X-API-Key: wrong")).Status);
                    Assert.Equal(422, (await host.SendAsync("POST", path, "{}")).Status);
                }

                Assert.Equal((absent == 401, wrong == 401), ((await host.SendAsync("POST", "/api/v1/auth/login", "{}", "X-API-Key: ")).Status == 401, (await host.SendAsync("POST", "/api/v1/auth/login", "{}", "X-API-Key: wrong")).Status == 401));
                foreach (var path in (string[])["/", "/health", "/openapi.json"])
                {
                    Assert.Equal(200, (await host.SendAsync("GET", path, headers: "X-API-Key: wrong")).Status);
                }

                Assert.Equal((404, 405), ((await host.SendAsync("GET", "/auth/nothing", headers: "X-API-Key: ")).Status, (await host.SendAsync("GET", "/auth/login", headers: "X-API-Key: wrong")).Status));
            }
        },
        ["13 times with and without zone"] = check => check.WithHostAsync(async host =>
        {
            var token = "Authorization: Bearer " + await host.RegisterAsync("ada@example.com");
            Assert.Equal("2025-01-15T09:31:02", Json(await host.SendAsync("GET", "/auth/profile", headers: token)).GetProperty("created_at").GetString());
            Assert.Equal("2025-01-15T09:31:02Z", Json(await host.SendAsync("GET", "/api/v1/users/profile", headers: token)).GetProperty("created_at").GetString());
            await check.ExecuteAsync("UPDATE platform_users SET created_at = '2025-01-15 09:30:00.120000'");
            Assert.Equal("2025-01-15T09:30:00.120000", Json(await host.SendAsync("GET", "/auth/profile", headers: token)).GetProperty("created_at").GetString());
            Assert.Equal("2025-01-15T09:30:00.12Z", Json(await host.SendAsync("GET", "/api/v1/users/profile", headers: token)).GetProperty("created_at").GetString());
        }),
        ["14 legacy twins"] = check => check.WithHostAsync(async host =>
        {
            var token = "Authorization: Bearer " + await host.RegisterAsync("ada@example.com");
            foreach (var (method, path, body) in new[] { ("GET", "/profile", null), ("GET", "/verify", null), ("PUT", "/profile", """{"email":"a@example.com","last_name":"L"}"""), ("PUT", "/profile", "{}"), ("POST", "/login", "{}"), ("POST", "/register", Credentials) })
            {
                var (prefixed, twin) = (await host.SendAsync(method, "/auth" + path, body, token), await host.SendAsync(method, path, body, token));
                Assert.Equal(Short(prefixed), Short(twin));
                Assert.Equal((false, true), (prefixed.Headers.Contains("Deprecation"), twin.Headers.Contains("Deprecation")));
            }
        }),
        ["15 health without Redis"] = async check =>
        {
            await using var host = await check.StartAsync(("REDIS_URL", $"redis://127.0.0.1:{FreePort.Next()}/0"));
            Assert.Equal(200, (await host.SendAsync("GET", "/health", headers: "X-API-Key: ")).Status);
        },
        ["17 refresh, reuse, logout, revocation"] = check => check.WithHostAsync(async host =>
        {
            var (access, first) = await host.OpenSessionAsync("ada@example.com");
            var (_, second) = PlatformHost.Tokens(await host.RefreshAsync(first));
            Assert.All(await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => host.RefreshAsync(second))), answer => Assert.Equal(200, answer.Status));
            check.Clock.Advance(TimeSpan.FromSeconds(10));
            Assert.Equal(401, (await host.RefreshAsync(first)).Status);
            Assert.Equal(401, (await host.RefreshAsync(second)).Status);

            var (_, third) = PlatformHost.Tokens(await host.LoginAsync("ada@example.com"));
            Assert.Equal(200, (await host.SendAsync("POST", "/auth/logout", $$"""{"refresh_token":"{{third}}"}""")).Status);
            Assert.Equal((401, 200), ((await host.RefreshAsync(third)).Status, await host.StatusOfAsync(access)));
            Assert.Equal(200, (await host.SendAsync("POST", "/api/v1/auth/logout", headers: "Authorization: Bearer " + access)).Status);
            Assert.Equal(401, await host.StatusOfAsync(access));
        }),
        ["18 the style of /api/v1"] = check => check.WithHostAsync(async host =>
        {
            Assert.Equal(201, (await host.SendAsync("POST", "/api/v1/auth/register", Credentials)).Status);
            Assert.Equal((401, """{"error":"Authorization header required"}"""), Short(await host.SendAsync("GET", "/api/v1/users/profile")));
            Assert.Equal((401, """{"error":"Invalid authorization header format"}"""), Short(await host.SendAsync("GET", "/api/v1/users/profile", headers: "Authorization: Basic x")));
            Assert.Equal((401, """{"error":"Invalid token"}"""), Short(await host.SendAsync("GET", "/api/v1/users/profile", headers: "Authorization: Bearer x")));
            var token = "Authorization: Bearer " + PlatformHost.Tokens(await host.LoginAsync("ada@example.com")).Access;
            Assert.Equal((403, """{"error":"Admin access required"}"""), Short(await host.SendAsync("GET", "/api/v1/admin/users", headers: token)));
        }),
    };

    public static TheoryData<string> Rows => [.. Checks.Keys];

    [Theory]
    [MemberData(nameof(Rows))]
    public Task Row_OfTheChecklist_Holds(string name) => Checks[name](this);

    private async Task WithHostAsync(Func<ServiceHost, Task> check)
    {
        await using var host = await StartAsync();
        await check(host);
    }

    private static JsonElement Json((int Status, string Body, HttpResponseHeaders) answer)
    {
        Assert.True(answer.Status is 200 or 201, answer.Body);
        return JsonElement.Parse(answer.Body);
    }

    private static IEnumerable<string> Members(JsonElement value) => value.EnumerateObject().Select(member => member.Name);

    private static (int, string) Short((int Status, string Body, HttpResponseHeaders) answer) => (answer.Status, answer.Body);
}
