using System.Net;
using System.Text.Json.Nodes;

namespace PyAirtable.Mcp.Tests.Protocol;

/// <summary>Sessions over their life: at rest and used again, told of what happens, and through a reload of the settings.</summary>
public sealed class SessionTests
{
    private const string Right = "X-API-Key: client-key";

    [Theory]
    [InlineData("2025-06-18")]
    [InlineData("2025-11-25")]
    public async Task Session_AtRest_IsTakenUpByCallsAndNotices(string version)
    {
        var clock = new ManualTime { TickRate = 100 };
        await using var host = await McpHost.StartAsync(python: true, clock: clock);
        var client = await RpcClient.OpenAsync(host, version: version);
        using var stream = new EventClient(await host.SendAsync("GET", "/mcp", null, "Accept: text/event-stream", Right, $"Mcp-Session-Id: {client.Session}"));
        await client.CallAsync("list_tables", """{"base_id":"appX"}""");
        await client.AskAsync("logging/setLevel", """{"level":"info"}""");
        await RestAsync(host, clock);

        var result = await client.CallAsync("list_tables", """{"base_id":"appX"}""");
        await RestAsync(host, clock);
        host.Python!.Tools = """[{"name":"extra","description":"more","inputSchema":{"type":"object"}}]""";
        await client.AskAsync("tools/list");

        Assert.Equal(2, (int)result["structuredContent"]!["table_count"]!);
        Assert.Equal("notifications/tools/list_changed", (string)(await stream.MessageAsync())["method"]!);
        // The level that was set before the rest still counts.
        Assert.Equal("The list of tools has changed", (string)(await stream.MessageAsync())["params"]!["data"]!["message"]!);
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData("emergency", 0)]
    [InlineData("error", 1)]
    [InlineData("debug", 1)]
    public async Task Log_OfAFailedTool_ReachesTheClientByItsLevel(string? level, int messages)
    {
        await using var host = await McpHost.StartAsync();
        var client = await RpcClient.OpenAsync(host);
        if (level is not null)
        {
            await client.AskAsync("logging/setLevel", $$"""{"level":"{{level}}"}""");
        }

        var all = await client.MessagesAsync("tools/call", """{"name":"get_records","arguments":{"base_id":"appNone","table_id":"t"}}""");

        var told = Logs(all).Where(message => (string)message["level"]! == "error").ToList();
        Assert.Equal(messages, told.Count);
        Assert.All(told, message =>
        {
            Assert.Equal("tools", (string)message["logger"]!);
            Assert.StartsWith("get_records failed: Error: ", (string)message["data"]!["message"]!, StringComparison.Ordinal);
            Assert.DoesNotContain(AirtableStandIn.Key, message.ToJsonString(), StringComparison.Ordinal);
            Assert.NotEmpty((string)message["data"]!["trace_id"]!);
        });
    }

    [Fact]
    public async Task Log_OfAWait_ReachesTheClientThatWaits()
    {
        await using var host = await McpHost.StartAsync(clock: new ManualTime(), settings: ("AIRTABLE_RATE_LIMIT", "1"));
        var client = await RpcClient.OpenAsync(host);
        await client.AskAsync("logging/setLevel", """{"level":"info"}""");
        const string Call = """{"name":"get_records","arguments":{"base_id":"appX","table_id":"tbl1"}}""";
        await client.MessagesAsync("tools/call", Call);

        var all = await client.MessagesAsync("tools/call", Call);

        Assert.Contains("1 requests a second", (string)Assert.Single(Logs(all))["data"]!["message"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_OfPythonGoneAway_ReachesListeningClients()
    {
        await using var host = await McpHost.StartAsync(python: true);
        host.Python!.Instead = static _ => (500, "{}");
        var client = await RpcClient.OpenAsync(host);
        await client.AskAsync("logging/setLevel", """{"level":"warning"}""");
        using var stream = new EventClient(await host.SendAsync("GET", "/mcp", null, "Accept: text/event-stream", Right, $"Mcp-Session-Id: {client.Session}"));

        for (var call = 0; call < 6; call++)
        {
            await client.CallAsync("find_duplicates", """{"base_id":"appX","table_id":"tbl1","fields":["Name"]}""");
        }

        var told = (await stream.MessageAsync())["params"]!;
        Assert.Equal(("warning", "python"), ((string)told["level"]!, (string)told["logger"]!));
    }

    [Fact]
    public async Task Reload_OfKeysAndRules_KeepsSessionsOfKeysThatStay()
    {
        await using var host = await McpHost.StartAsync(settings: ("API_KEYS", "going-key,staying-key"));
        var staying = await RpcClient.OpenAsync(host, "staying-key");
        var going = await RpcClient.OpenAsync(host, "going-key");

        var taken = Reload(host, ("API_KEY", "client-key"), ("API_KEYS", "new-key,staying-key"), ("MCP_TOOL_RULES", "staying-key=list_tables"), ("MCP_MAX_SESSIONS", "1"));

        Assert.Equal(["API_KEYS", "MCP_TOOL_RULES", "MCP_MAX_SESSIONS"], taken);
        Assert.Equal("list_tables", (string)Assert.Single((await staying.AskAsync("tools/list"))["result"]!["tools"]!.AsArray())!["name"]!);
        using var ofGone = await going.PostAsync("""{"jsonrpc":"2.0","id":9,"method":"ping"}""");
        using var byNew = await host.SendAsync("POST", "/mcp", """{"jsonrpc":"2.0","id":1,"method":"ping"}""", "Accept: application/json, text/event-stream", "X-API-Key: new-key", $"Mcp-Session-Id: {going.Session}");
        using var oneMore = await host.SendAsync("POST", "/mcp", """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"c","version":"1"}}}""", "Accept: application/json, text/event-stream", "X-API-Key: new-key");
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.NotFound, HttpStatusCode.ServiceUnavailable), (ofGone.StatusCode, byNew.StatusCode, oneMore.StatusCode));
    }

    private static IEnumerable<JsonNode> Logs(IEnumerable<JsonNode> messages) => messages.Where(message => (string?)message["method"] == "notifications/message").Select(message => message["params"]!);

    // The sweep puts sessions at rest five seconds after their last request.
    private static async Task RestAsync(McpHost host, ManualTime clock) => await Eventually.TrueAsync(async () =>
    {
        clock.Advance(TimeSpan.FromSeconds(6));
        using var metrics = await host.SendAsync("GET", "/metrics");
        return (await metrics.Content.ReadAsStringAsync()).Contains("pyairtable_mcp_sessions_in_use 0", StringComparison.Ordinal);
    });

    private static List<string> Reload(McpHost host, params (string Name, string Value)[] settings)
    {
        var values = settings.ToDictionary(setting => setting.Name, setting => setting.Value);
        values["AIRTABLE_GATEWAY_API_KEY"] = AirtableStandIn.Key;
        var reader = new PyAirtable.Hosting.Settings.SettingsReader([PyAirtable.Hosting.Settings.SettingLayer.Of("test", values)]);
        McpSettings.Read(reader);
        var names = settings.Select(setting => setting.Name).Where(name => name != "API_KEY").ToHashSet();
        return [.. host.Module.Reload(reader, [.. reader.Entries.Where(entry => names.Contains(entry.Name))]).Select(entry => entry.Name)];
    }
}
