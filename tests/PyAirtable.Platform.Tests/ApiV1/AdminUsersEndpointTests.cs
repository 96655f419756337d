using System.Text.Json;
using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests.ApiV1;

public abstract class AdminUsersEndpointTests(DatabaseEngine engine, PostgresServer server) : EngineTests(engine, server)
{
    [Fact]
    public async Task List_Users_ArePagedByNumber()
    {
        await using var host = await StartAsync(("ADMIN_EMAILS", "other@example.com, U0@Example.com"));
        var tokens = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            tokens.Add(await host.RegisterAsync($"u{i}@example.com"));
        }

        await ExecuteAsync("UPDATE platform_users SET is_active = false WHERE id = 3");
        await AssertPageAsync("", [1, 2, 3, 4]);
        await AssertPageAsync("?limit=2", [1, 2]);
        await AssertPageAsync("?limit=2&offset=3", [4]);
        await AssertPageAsync("?offset=2147483647", []);

        async Task AssertPageAsync(string query, int[] expected)
        {
            var (status, body, headers) = await host.SendAsync("GET", "/api/v1/admin/users" + query, headers: "Authorization: Bearer " + tokens[0]);
            Assert.Equal((200, "4"), (status, headers.GetValues("X-Total-Count").Single()));
            var users = JsonElement.Parse(body).EnumerateArray().ToList();
            Assert.Equal(expected, users.Select(user => user.GetProperty("id").GetInt32()));
            Assert.All(users, user => Assert.Equal(["id", "email", "first_name", "last_name", "is_active", "created_at", "updated_at"], user.EnumerateObject().Select(member => member.Name)));
            Assert.All(users, user => Assert.Equal(user.GetProperty("id").GetInt32() != 3, user.GetProperty("is_active").GetBoolean()));
        }
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=1001")]
    [InlineData("limit=ten")]
    [InlineData("limit=")]
    [InlineData("limit=1.5")]
    [InlineData("offset=-1")]
    [InlineData("offset=2147483648")]
    [InlineData("limit=99999999999999999999999")]
    [InlineData("limit=1%00")]
    public async Task List_BadQuery_Is400(string query)
    {
        await using var host = await StartAsync(("ADMIN_EMAILS", "ada@example.com"));
        var token = await host.RegisterAsync("ada@example.com");

        Assert.Equal((400, """{"error":"Invalid query parameter"}"""), Short(await host.SendAsync("GET", "/api/v1/admin/users?" + query, headers: "Authorization: Bearer " + token)));
    }

    [Fact]
    public async Task List_Role_IsThatOfTheMoment()
    {
        await using var host = await StartAsync();
        var token = await host.RegisterAsync("ada@example.com");
        const string Path = "/api/v1/admin/users";

        Assert.Equal((403, """{"error":"Admin access required"}"""), Short(await host.SendAsync("GET", Path + "?limit=bad", headers: "Authorization: Bearer " + token)));
        await ExecuteAsync("""UPDATE platform_users SET meta_data = '{"role":"admin"}'""");
        Assert.Equal(200, await host.StatusOfAsync(token, Path));
        await ExecuteAsync("""UPDATE platform_users SET meta_data = '{"role":"user"}'""");
        Assert.Equal(403, await host.StatusOfAsync(token, Path));

        // What a token says of the role gives no right.
        var claimed = Tests.Tokens.HandMadeToken.Make("""{"sub":"1","exp":4102444800,"role":"admin"}""", PlatformHost.Secret);
        Assert.Equal(403, await host.StatusOfAsync(claimed, Path));
    }

    private static (int, string) Short((int Status, string Body, System.Net.Http.Headers.HttpResponseHeaders) answer) => (answer.Status, answer.Body);
}
