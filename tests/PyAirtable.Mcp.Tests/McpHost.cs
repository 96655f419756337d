using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PyAirtable.Mcp.Tests;

/// <summary>The MCP server between a stand-in for the Airtable gateway and, where wanted, one for the Python server.</summary>
internal sealed class McpHost : IAsyncDisposable
{
    public const string Key = "client-key";

    private McpHost(ServiceHost host, AirtableStandIn airtable, PythonStandIn? python) => (Host, Airtable, Python) = (host, airtable, python);

    public ServiceHost Host { get; }

    public AirtableStandIn Airtable { get; }

    public PythonStandIn? Python { get; }

    public HttpClient Client => Host.Client;

    public McpModule Module => (McpModule)Host.Modules[0];

    public static async Task<McpHost> StartAsync(bool python = false, TimeProvider? clock = null, params (string Name, string Value)[] settings)
    {
        var airtable = await AirtableStandIn.StartAsync();
        var behind = python ? await PythonStandIn.StartAsync() : null;
        var all = new Dictionary<string, string>
        {
            ["API_KEY"] = Key,
            ["AIRTABLE_GATEWAY_API_KEY"] = AirtableStandIn.Key,
            ["AIRTABLE_GATEWAY_URL"] = airtable.Url,
            ["AIRTABLE_RATE_LIMIT"] = "0",
            ["MCP_PYTHON_URL"] = behind?.Url ?? "",
        };
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }
        var host = await ServiceHost.StartAsync(
            (reader, _) =>
            {
                var mcp = McpSettings.Read(reader);
                return context => [new McpModule(mcp, context)];
            },
            all,
            clock);
        return new McpHost(host, airtable, behind);
    }

    /// <summary>The text of a tool's result by <c>/tools/call</c>.</summary>
    public async Task<string> CallAsync(string name, string arguments)
    {
        using var answer = await SendAsync("POST", "/tools/call", $$"""{"name":"{{name}}","arguments":{{arguments}}}""");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.True((bool)body["success"]!);
        return (string)body["result"]![0]!["text"]!;
    }

    public async Task<HttpResponseMessage> SendAsync(string method, string path, string? body = null, params string[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Parse(method), path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }
        foreach (var header in headers)
        {
            var colon = header.IndexOf(':', StringComparison.Ordinal);
            request.Headers.TryAddWithoutValidation(header[..colon], header[(colon + 1)..].Trim());
        }
        return await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Airtable.DisposeAsync();
        if (Python is not null)
        {
            await Python.DisposeAsync();
        }
    }
}
