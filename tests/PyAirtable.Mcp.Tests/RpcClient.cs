using System.Net;
using System.Text.Json.Nodes;

namespace PyAirtable.Mcp.Tests;

/// <summary>A client of the Model Context Protocol, message by message.</summary>
internal sealed class RpcClient(McpHost host, string key = McpHost.Key)
{
    private int _id;

    public string? Session { get; private set; }

    public static async Task<RpcClient> OpenAsync(McpHost host, string key = McpHost.Key, string version = "2025-06-18")
    {
        var client = new RpcClient(host, key);
        var answer = await client.AskAsync("initialize", $$$"""{"protocolVersion":"{{{version}}}","capabilities":{},"clientInfo":{"name":"test","version":"1"}}""");
        Assert.NotNull(answer["result"]);
        using var told = await client.PostAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
        Assert.Equal(HttpStatusCode.Accepted, told.StatusCode);
        return client;
    }

    public async Task<HttpResponseMessage> PostAsync(string body, params string[] headers)
    {
        string[] all = ["Accept: application/json, text/event-stream", $"X-API-Key: {key}", .. Session is null ? Array.Empty<string>() : [$"Mcp-Session-Id: {Session}"], .. headers];
        return await host.SendAsync("POST", "/mcp", body, all);
    }

    /// <summary>Posts, until its client goes away.</summary>
    public async Task<HttpResponseMessage> PostAsync(string body, CancellationToken gone)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp") { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") };
        request.Headers.Add("Accept", ["application/json", "text/event-stream"]);
        request.Headers.Add("X-API-Key", key);
        request.Headers.Add("Mcp-Session-Id", Session);
        return await host.Client.SendAsync(request, gone);
    }

    /// <summary>The answer to a request.</summary>
    public async Task<JsonNode> AskAsync(string method, string parameters = "{}") => (await MessagesAsync(method, parameters))[^1];

    /// <summary>A tool's result.</summary>
    public async Task<JsonNode> CallAsync(string tool, string arguments) =>
        (await AskAsync("tools/call", $$"""{"name":"{{tool}}","arguments":{{arguments}}}"""))["result"]!;

    /// <summary>All messages of a request's answer.</summary>
    public async Task<List<JsonNode>> MessagesAsync(string method, string parameters)
    {
        using var answer = await PostAsync($$"""{"jsonrpc":"2.0","id":{{++_id}},"method":"{{method}}","params":{{parameters}}}""");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Session ??= answer.Headers.GetValues("Mcp-Session-Id").Single();
        return await ReadAsync(answer);
    }

    public static async Task<List<JsonNode>> ReadAsync(HttpResponseMessage answer) =>
        [.. (await answer.Content.ReadAsStringAsync()).Split('\n').Where(line => line.StartsWith("data: {", StringComparison.Ordinal)).Select(line => JsonNode.Parse(line[6..])!)];
}
