using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using PyAirtable.Gateway.Chat;
using PyAirtable.Gateway.Forwarding;
using PyAirtable.Gateway.Http1;
using PyAirtable.Gateway.Relaying;
using PyAirtable.Gateway.Tools;
using PyAirtable.Gateway.Upstreams;
using PyAirtable.Hosting.Logging;
using PyAirtable.Hosting.Serving;
using PyAirtable.Hosting.Settings;
using PyAirtable.Hosting.Transport;

namespace PyAirtable.Gateway.Tests;

/// <summary>The endpoints that answer by way of WebSocket messages, with those recorded.</summary>
internal sealed class StreamedRoutes : IAsyncDisposable
{
    private readonly UpstreamClient _client = new(TimeSpan.FromSeconds(10));
    private readonly EventLoops _loops = new(1);
    private readonly ProcessContext _process;
    private readonly ChatEndpoint _chat;
    private readonly ToolCallEndpoint _tools;

    public StreamedRoutes(string url, TimeSpan? timeout = null)
    {
        var upstream = new Upstream("stub", url, timeout ?? TimeSpan.FromSeconds(30));
        var settings = ProcessSettings.Read(new SettingsReader([SettingLayer.Of("test", new Dictionary<string, string>())]), managementPort: 0);
        _process = new ProcessContext(settings, new LogSink(settings.Log, Stream.Null, TimeProvider.System), TimeProvider.System);
        var policies = new UpstreamPolicies([upstream], new UpstreamSettings(), _process, NullLogger.Instance);
        var caller = new UpstreamCaller(new Http1Client(_loops, policies), _client, policies);
        var relay = new Relay(caller, GatewayHost.Key, null, NullLogger.Instance);
        var streams = new StreamRelay(caller, relay, null, NullLogger.Instance);
        _chat = new ChatEndpoint(relay, streams, upstream, Messages, TimeProvider.System);
        _tools = new ToolCallEndpoint(relay, streams, upstream, upstream, Messages, TimeProvider.System);
    }

    public RecordedMessages Messages { get; } = new();

    public Task<string> ChatAsync(string body, CancellationToken cancel) => PostAsync(_chat.PostAsync, body, cancel);

    public Task<string> CallToolAsync(string body, CancellationToken cancel) => PostAsync(_tools.PostAsync, body, cancel);

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        await _loops.DisposeAsync();
        await _process.DisposeAsync();
    }

    // Status and body of the answer.
    private static async Task<string> PostAsync(RequestHandler handler, string body, CancellationToken cancel)
    {
        using var answer = new MemoryStream();
        var http = new DefaultHttpContext { RequestAborted = cancel };
        http.Request.Method = "POST";
        http.Request.Headers["X-Trace-ID"] = "t-1";
        http.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        http.Response.Body = answer;
        await handler(new RequestContext { Http = http });
        await http.Response.BodyWriter.FlushAsync(CancellationToken.None);
        return $"{http.Response.StatusCode} {Encoding.UTF8.GetString(answer.ToArray())}";
    }
}
