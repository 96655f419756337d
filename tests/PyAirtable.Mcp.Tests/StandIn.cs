using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace PyAirtable.Mcp.Tests;

/// <summary>A service on a loopback socket that records what it is asked, and answers as a test says.</summary>
internal abstract class StandIn : IAsyncDisposable
{
    private WebApplication? _application;

    public ConcurrentQueue<SeenRequest> Seen { get; } = new();

    public string Url { get; private set; } = "";

    /// <summary>How many calls were given up by who asked.</summary>
    public int Aborted;

    /// <summary>Awaited before each answer.</summary>
    public Func<SeenRequest, CancellationToken, Task> Before { get; set; } = static (_, _) => Task.CompletedTask;

    /// <summary>An answer in place of the usual one; null for that.</summary>
    public Func<SeenRequest, (int Status, string Body)?> Instead { get; set; } = static _ => null;

    protected async Task ListenAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _application = builder.Build();
        _application.Run(AnswerAsync);
        await _application.StartAsync();
        Url = _application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
    }

    protected abstract (int Status, string Body) Answer(SeenRequest request);

    private async Task AnswerAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var request = new SeenRequest(
            http.Request.Method,
            http.Features.Get<IHttpRequestFeature>()!.RawTarget,
            http.Request.Headers["X-API-Key"].FirstOrDefault(),
            http.Request.Headers["X-Trace-ID"].FirstOrDefault(),
            await reader.ReadToEndAsync());
        Seen.Enqueue(request);
        try
        {
            await Before(request, http.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            Interlocked.Increment(ref Aborted);
            return;
        }
        var (status, body) = Instead(request) ?? Answer(request);
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(body);
    }

    public async ValueTask DisposeAsync()
    {
        if (_application is not null)
        {
            await _application.DisposeAsync();
        }
    }
}
