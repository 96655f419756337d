using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using PyAirtable.Testing;

namespace PyAirtable.Deploy.Tests.Monitoring;

/// <summary>Requests of every kind that the metrics tell of, through a gateway.</summary>
internal static class Traffic
{
    public const string Key = "fedcba9876543210fedcba9876543210";

    public static async Task SendAsync(Uri gateway)
    {
        using var client = new HttpClient { BaseAddress = gateway };

        // Refused for want of a key; then with it.
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync(new Uri("/api/platform/auth/profile", UriKind.Relative))).StatusCode);
        client.DefaultRequestHeaders.Add("X-API-Key", Key);

        // The orchestrator is not there: answered 5xx, and the circuit opens.
        for (var i = 0; i < 30; i++)
        {
            Assert.True((await client.GetAsync(new Uri("/api/llm/tools", UriKind.Relative))).StatusCode >= HttpStatusCode.InternalServerError);
        }

        // Tools: the Airtable gateway and the Python server are not there either.
        await PostAsync(client, "/api/mcp/tools/call", """{"name":"list_tables","arguments":{"base_id":"appAAAAAAAAAAAAAA"}}""");
        await PostAsync(client, "/api/mcp/tools/call", """{"name":"find_duplicates","arguments":{"base_id":"appAAAAAAAAAAAAAA","table_id":"tblAAAAAAAAAAAAAA","fields":["Name"]}}""");

        // Accounts and analytics.
        await PostAsync(client, "/api/platform/auth/register", """{"email":"ada@example.com","password":"correct horse"}""");
        await PostAsync(client, "/api/platform/auth/login", """{"email":"ada@example.com","password":"correct horse"}""");
        for (var i = 0; i < 5; i++)
        {
            await PostAsync(client, "/api/platform/analytics/events", """{"event_type":"page_view","user_id":1}""");
            await PostAsync(client, "/api/platform/analytics/metrics", """{"metric_name":"api_calls","metric_value":1}""");
            await GetAsync(client, "/api/platform/analytics/metrics");
            await GetAsync(client, "/api/platform/");
        }

        // A file, its text, and a run that ends well, one that does not.
        using var form = new MultipartFormDataContent { { new StringContent("hello"), "file", "hello.txt" } };
        var file = (await ReadAsync(await client.PostAsync(new Uri("/api/automation/files/upload", UriKind.Relative), form))).GetProperty("file").GetProperty("id").GetInt32();
        await PostAsync(client, $"/api/automation/files/process/{file}", "");
        await Eventually.TrueAsync(async () => (await GetAsync(client, $"/api/automation/files/{file}")).GetProperty("file").GetProperty("status").GetString() == "processed");
        await RunAsync(client, """{"type":"log","message":"well"}""", "completed");
        await RunAsync(client, """{"type":"nope"}""", "failed");

        await ConnectAsync(gateway);
    }

    private static async Task RunAsync(HttpClient client, string step, string status)
    {
        var workflow = (await PostAsync(client, "/api/automation/workflows", $$$"""{"name":"w","config":{"steps":[{{{step}}}]}}""")).GetProperty("workflow").GetProperty("id").GetInt32();
        var run = (await PostAsync(client, $"/api/automation/workflows/{workflow}/trigger", "{}")).GetProperty("execution").GetProperty("id").GetInt32();
        await Eventually.TrueAsync(async () => (await GetAsync(client, $"/api/automation/workflows/executions/{run}")).GetProperty("execution").GetProperty("status").GetString() == status);
    }

    private static async Task ConnectAsync(Uri gateway)
    {
        using var socket = new ClientWebSocket();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await socket.ConnectAsync(new UriBuilder(gateway) { Scheme = "ws", Path = "/ws", Query = "session_id=s" }.Uri, limit.Token);
        await socket.SendAsync(Encoding.UTF8.GetBytes($$"""{"type":"auth","api_key":"{{Key}}"}"""), WebSocketMessageType.Text, true, limit.Token);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, limit.Token);
    }

    private static async Task<JsonElement> PostAsync(HttpClient client, string path, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        return await ReadAsync(await client.PostAsync(new Uri(path, UriKind.Relative), content));
    }

    private static async Task<JsonElement> GetAsync(HttpClient client, string path) => await ReadAsync(await client.GetAsync(new Uri(path, UriKind.Relative)));

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{answer.RequestMessage!.RequestUri}: {(int)answer.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement.Clone();
    }
}
