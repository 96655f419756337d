using System.Text.Json.Nodes;

namespace PyAirtable.Mcp.Tests.Python;

public sealed class PythonServerTests
{
    private const string Duplicates = """{"base_id":"appX","table_id":"tbl1","fields":["Email"]}""";

    [Fact]
    public async Task Tool_OfTableP_IsPassedOnWithItsTraceId()
    {
        await using var host = await McpHost.StartAsync(python: true);

        using var answer = await host.SendAsync("POST", "/tools/call", $$"""{"name":"find_duplicates","arguments":{{Duplicates}}}""", "X-Trace-ID: trace-3");

        Assert.Equal("""{"result":[{"type":"text","text":"{\n  \"table_id\": \"tbl1\",\n  \"duplicates\": []\n}"}],"success":true,"error":null}""", await answer.Content.ReadAsStringAsync());
        var seen = Assert.Single(host.Python!.Seen);
        Assert.Equal(("POST", "/tools/call", "trace-3"), (seen.Method, seen.Target, seen.Trace));
        Assert.Equal($$"""{"name":"find_duplicates","arguments":{{Duplicates}}}""", seen.Body);
    }

    [Theory]
    [InlineData("Error: Client error '422 Unprocessable Entity' for url 'http://airtable:8002/bases'\nFor more information check: x", "Error: Client error '422 Unprocessable Entity'")]
    [InlineData("Security Error: no", "Security Error: no")]
    [InlineData("Unknown tool: x", "Unknown tool: x")]
    [InlineData("{\n  \"success\": false,\n  \"error\": \"e\"\n}", "{\n  \"success\": false,\n  \"error\": \"e\"\n}")]
    public async Task Failure_InPythonsText_IsAnErrorForTheProtocolOnly(string text, string shown)
    {
        await using var host = await McpHost.StartAsync(python: true);
        host.Python!.Text = text;
        var client = await RpcClient.OpenAsync(host);

        var result = await client.CallAsync("find_duplicates", Duplicates);

        Assert.True((bool)result["isError"]!);
        Assert.StartsWith(shown.Split('\n')[0], (string)result["content"]![0]!["text"]!, StringComparison.Ordinal);
        Assert.DoesNotContain("airtable:8002", result.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(text, await host.CallAsync("find_duplicates", Duplicates));
    }

    [Fact]
    public async Task Python_Away_LeavesTheNativeToolsAndTheList()
    {
        await using var host = await McpHost.StartAsync(python: true);
        await host.Python!.DisposeAsync();
        var client = await RpcClient.OpenAsync(host);

        var list = (await client.AskAsync("tools/list"))["result"]!["tools"]!.AsArray();
        var native = await client.CallAsync("list_tables", """{"base_id":"appX"}""");
        var other = await client.CallAsync("find_duplicates", Duplicates);

        Assert.Equal(14, list.Count);
        Assert.False((bool?)native["isError"] ?? false);
        Assert.True((bool)other["isError"]!);
        Assert.Equal("Error: Tool service unavailable", (string)other["content"]![0]!["text"]!);
    }

    [Fact]
    public async Task Python_FailingAgainAndAgain_IsNotAskedForAWhileThenTriedOnce()
    {
        var clock = new ManualTime();
        await using var host = await McpHost.StartAsync(python: true, clock: clock);
        host.Python!.Instead = static _ => (503, "{}");

        await Eventually.TrueAsync(async () => (await host.CallAsync("find_duplicates", Duplicates)).Contains("not asked for a few seconds", StringComparison.Ordinal));
        var asked = host.Python.Seen.Count;
        await host.CallAsync("find_duplicates", Duplicates);
        var whileOpen = host.Python.Seen.Count;
        host.Python.Instead = static _ => null;
        clock.Advance(TimeSpan.FromSeconds(6));
        var after = await host.CallAsync("find_duplicates", Duplicates);

        Assert.Equal(asked, whileOpen);
        Assert.StartsWith("{", after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Python_TooSlow_TimesOut()
    {
        await using var host = await McpHost.StartAsync(python: true, settings: ("MCP_PYTHON_TIMEOUT", "1s"));
        host.Python!.Before = static (_, cancel) => Task.Delay(Timeout.Infinite, cancel);

        Assert.Equal("Error: Tool timed out after 1 s", await host.CallAsync("find_duplicates", Duplicates));
    }

    [Fact]
    public async Task Calls_ManyAtOnce_ShareTheAllowedNumberOfPlaces()
    {
        await using var host = await McpHost.StartAsync(python: true, settings: ("MCP_PYTHON_CONNECTIONS", "2"));
        var (inside, most) = (0, 0);
        host.Python!.Before = async (_, cancel) =>
        {
            var now = Interlocked.Increment(ref inside);
            most = Math.Max(most, now);
            await Task.Delay(5, cancel);
            Interlocked.Decrement(ref inside);
        };

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => host.CallAsync("find_duplicates", Duplicates)));

        Assert.InRange(most, 1, 2);
        Assert.Equal(20, host.Python.Seen.Count);
    }

    [Fact]
    public async Task List_AskedTwice_IsReadOnce()
    {
        await using var host = await McpHost.StartAsync(python: true);
        host.Python!.Tools = """[{"name":"list_tables","description":"x","inputSchema":{"type":"object"}},{"name":"extra","description":"more","inputSchema":{"type":"object","properties":{}}}]""";

        using var first = await host.SendAsync("GET", "/tools");
        using var second = await host.SendAsync("GET", "/tools");
        var tools = JsonNode.Parse(await second.Content.ReadAsStringAsync())!["tools"]!.AsArray();

        Assert.Equal(15, tools.Count);
        Assert.Equal("extra", (string)tools[14]!["name"]!);
        Assert.Single(host.Python.Seen);
        Assert.StartsWith("{", await host.CallAsync("extra", "{}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NativeTools_None_AllGoToPython()
    {
        await using var host = await McpHost.StartAsync(python: true, settings: ("MCP_NATIVE_TOOLS", "none"));

        await host.CallAsync("list_tables", """{"base_id":"appX"}""");

        Assert.Empty(host.Airtable.Seen);
        Assert.Single(host.Python!.Seen);
    }
}
