using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using PyAirtable.Testing;

namespace PyAirtable.Conformance;

/// <summary>Bodies made at random to every route of the published platform and automation services: no 5xx, no hang.</summary>
public sealed class HostileJsonTests(PostgresServer postgres)
{
    private const int Bodies = 10_000;
    private const int Clients = 8;

    [Fact]
    public Task Bodies_Generated_NeverFailOnSqlite() => SendAsync(1);

    [Fact]
    public async Task Bodies_Generated_NeverFailOnPostgres() => await SendAsync(2, ("DATABASE_URL", await postgres.CreateDatabaseAsync()));

    private static async Task SendAsync(int seed, params (string Name, string Value)[] settings)
    {
        await using var instance = await AllInOneInstance.StartAsync([.. settings, ("API_KEY", "hostile-key-hostile-key")]);
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(60) };
        client.DefaultRequestHeaders.Add("X-API-Key", "hostile-key-hostile-key");
        var routes = new List<(HttpMethod Method, Uri Address)>();
        foreach (var port in (int[])[instance.Platform, instance.Automation])
        {
            routes.AddRange(await ReadRoutesAsync(client, new Uri($"http://127.0.0.1:{port}")));
        }
        Assert.InRange(routes.Count, 15, 200);

        var refused = 0;
        await Parallel.ForAsync(0, Clients, async (worker, cancel) =>
        {
            var json = new HostileJson((seed * 1000) + worker);
            var bearer = await RegisterAsync(client, instance.Platform, worker);
            for (var i = 0; i < Bodies / Clients; i++)
            {
                var (method, address) = routes[i % routes.Count];
                var body = json.Next();
                using var request = new HttpRequestMessage(method, address) { Content = new ByteArrayContent(body) };
                request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
                request.Headers.Authorization = bearer;
                using var answer = await client.SendAsync(request, cancel);
                Assert.True((int)answer.StatusCode < 500, $"{method} {address} had {(int)answer.StatusCode} for {Encoding.Latin1.GetString(body, 0, Math.Min(body.Length, 300))}");
                Interlocked.Add(ref refused, (int)answer.StatusCode >= 400 ? 1 : 0);
                if (address.AbsolutePath.EndsWith("logout", StringComparison.Ordinal) && answer.IsSuccessStatusCode)
                {
                    bearer = await RegisterAsync(client, instance.Platform, (Clients * i) + worker);
                }
            }
        });

        Assert.InRange(refused, Bodies / 2, Bodies);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri($"http://127.0.0.1:{instance.Platform}/health"), TestContext.Current.CancellationToken)).StatusCode);
    }

    private static async Task<List<(HttpMethod Method, Uri Address)>> ReadRoutesAsync(HttpClient client, Uri service)
    {
        var document = await client.GetFromJsonAsync<JsonElement>(new Uri(service, "/openapi.json"));
        return [.. document.GetProperty("paths").EnumerateObject().SelectMany(
            path => path.Value.EnumerateObject().Where(operation => operation.Name is "post" or "put" or "patch"),
            (path, operation) => (HttpMethod.Parse(operation.Name), new Uri(service, FillIn(path.Name))))];
    }

    private static string FillIn(string path) => string.Join('/', path.Split('/').Select(part => part.StartsWith('{') ? "1" : part));

    // From an address of its own each time, since the others' wrong passwords count against theirs.
    private static async Task<AuthenticationHeaderValue> RegisterAsync(HttpClient client, int port, int number)
    {
        var account = new Dictionary<string, string> { ["email"] = $"user{number}@example.com", ["password"] = "correct horse 1" };
        using var registered = await client.PostAsJsonAsync(new Uri($"http://127.0.0.1:{port}/auth/register"), account);
        using var login = new HttpRequestMessage(HttpMethod.Post, new Uri($"http://127.0.0.1:{port}/auth/login")) { Content = JsonContent.Create(account) };
        login.Headers.Add("X-Forwarded-For", $"10.0.{number / 250 % 250}.{number % 250}");
        using var answer = await client.SendAsync(login);
        return new AuthenticationHeaderValue("Bearer", (await AllInOneInstance.ReadAsync(answer)).GetProperty("access_token").GetString());
    }
}
