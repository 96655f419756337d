using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace PyAirtable.Automation.Tests;

/// <summary>A real HTTP server that notes what it is asked and answers as a test says.</summary>
internal sealed class StandIn : IAsyncDisposable
{
    private readonly WebApplication _app;

    private StandIn(WebApplication app) => _app = app;

    public string Url => _app.Urls.First();

    public int Port => new Uri(Url).Port;

    public ConcurrentQueue<StandInRequest> Seen { get; } = new();

    public static async Task<StandIn> StartAsync(RequestDelegate answer, string address = "127.0.0.1")
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls($"http://{address}:0");
        var server = new StandIn(builder.Build());
        server._app.Run(async http =>
        {
            using var reader = new StreamReader(http.Request.Body);
            var target = http.Features.Get<IHttpRequestFeature>()!.RawTarget;
            server.Seen.Enqueue(new(http.Request.Method, target, http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase), await reader.ReadToEndAsync()));
            await answer(http);
        });
        await server._app.StartAsync();
        return server;
    }

    /// <summary>Answers every request with the same JSON.</summary>
    public static Task<StandIn> OfJsonAsync(string json, int status = 200) => StartAsync(http => WriteAsync(http, status, json));

    public static async Task WriteAsync(HttpContext http, int status, string body, string type = "application/json")
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = type;
        await http.Response.WriteAsync(body);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
