using System.Text.Json;
using PyAirtable.Automation.Steps;
using PyAirtable.Automation.Upstreams;

namespace PyAirtable.Automation.Tests.Steps;

/// <summary>The step <c>mcp_tool</c> against a stand-in for the MCP server (upstream contract 1.3 and 1.4).</summary>
public sealed class McpToolStepTests : IAsyncDisposable
{
    private readonly UpstreamConnections _connections = new("the key");

    public ValueTask DisposeAsync() => _connections.DisposeAsync();

    // Text of the answer; result.
    [Theory]
    [InlineData("{\n  \"a\": 1.0,\n  \"b\": [\n    \"é\"\n  ]\n}", """{"a":1.0,"b":["é"]}""")]
    [InlineData("No records found in table", """{"content":"No records found in table"}""")]
    [InlineData("", """{"content":""}""")]
    public async Task Tool_Succeeds_ItsTextIsTheResult(string text, string result)
    {
        await using var server = await StandIn.OfJsonAsync(Answer(text));

        Assert.Equal($$"""{"tool":"list_v w/é","result":{{result}}}""", await Calls(server.Url).RunAsync("""{"tool":"list_{k}","arguments":{"base_id":"{n}","deep":[{"x":"{k}"}]}}"""));
        var seen = Assert.Single(server.Seen);
        Assert.Equal(("POST", "/tools/call", """{"name":"list_v w/é","arguments":{"base_id":"14","deep":[{"x":"v w/é"}]}}"""), (seen.Method, seen.Target, seen.Body));
        Assert.Equal(("the key", "7-2"), (seen.Header("X-API-Key"), seen.Header("Idempotency-Key")));
    }

    [Theory]
    [InlineData("Unknown tool: nope", "MCP tool failed: Unknown tool: nope")]
    [InlineData("{\"success\":false,\"error\":\"no table\"}", "MCP tool failed: no table")]
    [InlineData("Error: 'base_id'", "MCP tool failed: Error: 'base_id'")]
    [InlineData("Security Error: formula", "MCP tool failed: Security Error: formula")]
    [InlineData("Error: Client error '422 Unprocessable Entity' for url 'http://airtable-gateway:8002/x'\nFor more information check: https://x", "MCP tool failed: Error: Client error '422 Unprocessable Entity'")]
    public async Task Tool_Fails_TheStepFailsWithoutAddresses(string text, string error)
    {
        await using var server = await StandIn.OfJsonAsync(Answer(text));

        Assert.Equal(error, await Calls(server.Url).FailAsync("""{"tool":"t"}"""));
        Assert.Equal("""{"name":"t","arguments":{}}""", Assert.Single(server.Seen).Body);
    }

    [Theory]
    [InlineData(200, """{"result":[],"success":false,"error":"it broke"}""", "MCP tool failed: it broke")]
    [InlineData(200, """{"result":[],"success":false,"error":null}""", "MCP tool failed: unknown error")]
    [InlineData(200, """{"result":[],"success":true,"error":null}""", "MCP request failed: invalid answer")]
    [InlineData(200, """{"result":[5]}""", "MCP request failed: invalid answer")]
    [InlineData(200, "nonsense", "MCP request failed: invalid answer")]
    [InlineData(422, "{}", "MCP request failed: 422")]
    public async Task Answer_OfAnotherKind_Fails(int status, string body, string error)
    {
        await using var server = await StandIn.OfJsonAsync(body, status);

        Assert.Equal(error, await Calls(server.Url).FailAsync("""{"tool":"t","arguments":null}"""));
    }

    [Theory]
    [InlineData("{}", "No tool specified for MCP tool step")]
    [InlineData("""{"tool":"t","arguments":[]}""", "'list' object has no attribute 'items'")]
    public async Task Parameters_Wrong_Fail(string step, string error) => Assert.Equal(error, await Calls("http://127.0.0.1:1").FailAsync(step));

    private static string Answer(string text) => $$"""{"result":[{"type":"text","text":{{JsonSerializer.Serialize(text)}}}],"success":true,"error":null}""";

    private McpToolStep Calls(string url) => new(new UpstreamService([url], TimeSpan.FromSeconds(30), _connections, TimeProvider.System));
}
