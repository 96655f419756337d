using System.Net.Http.Headers;
using System.Text;

namespace PyAirtable.Bench.Mcp;

/// <summary>As much of an MCP client as opening sessions needs.</summary>
internal sealed class McpClient : IDisposable
{
    private const string Initialize = """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"bench","version":"1"}}}""";
    private const string Initialized = """{"jsonrpc":"2.0","method":"notifications/initialized"}""";
    private const string Ping = """{"jsonrpc":"2.0","id":2,"method":"ping"}""";

    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false, PooledConnectionIdleTimeout = TimeSpan.FromSeconds(1) });
    private readonly Uri _endpoint;

    /// <summary>A client of the server on a port of this machine.</summary>
    public McpClient(int port)
    {
        _endpoint = new Uri($"http://127.0.0.1:{port}/mcp");
        _client.DefaultRequestHeaders.Add("X-API-Key", Rig.Key);
        _client.DefaultRequestHeaders.Accept.ParseAdd("application/json, text/event-stream");
    }

    /// <summary>The endpoint.</summary>
    public Uri Endpoint => _endpoint;

    /// <summary>What each request of a session carries, a header a line.</summary>
    public static IReadOnlyCollection<string> Headers { get; } = ["X-API-Key: " + Rig.Key, "Accept: application/json, text/event-stream", "MCP-Protocol-Version: 2025-06-18"];

    /// <summary>Opens a session and gives its id.</summary>
    public async Task<string> OpenAsync()
    {
        using var answer = await PostAsync(null, Initialize);
        answer.EnsureSuccessStatusCode();
        var session = answer.Headers.GetValues("Mcp-Session-Id").Single();
        using var _ = (await PostAsync(session, Initialized)).EnsureSuccessStatusCode();
        return session;
    }

    /// <summary>Opens the stream on which the server may say something of its own; it stays open until the answer is disposed.</summary>
    public async Task<HttpResponseMessage> ListenAsync(string session)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _endpoint);
        request.Headers.Add("Mcp-Session-Id", session);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        return (await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead)).EnsureSuccessStatusCode();
    }

    /// <summary>Sends a request of a session and gives the answer's text.</summary>
    public async Task<string> AskAsync(string session, string body)
    {
        using var answer = (await PostAsync(session, body)).EnsureSuccessStatusCode();
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>Whether a session still answers.</summary>
    public async Task<bool> PingAsync(string session)
    {
        using var answer = await PostAsync(session, Ping);
        return answer.IsSuccessStatusCode && (await answer.Content.ReadAsStringAsync()).Contains("\"result\"", StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task<HttpResponseMessage> PostAsync(string? session, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _endpoint) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (session is not null)
        {
            request.Headers.Add("Mcp-Session-Id", session);
        }
        return await _client.SendAsync(request);
    }
}
