using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace PyAirtable.Conformance;

/// <summary>A real HTTP server that says what it was asked: <c>{"method","path","key","trace","body"}</c>.</summary>
public sealed class UpstreamServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private UpstreamServer(WebApplication app) => _app = app;

    /// <summary>Its base address.</summary>
    public string Url => _app.Urls.First();

    /// <summary>Starts one on a free port.</summary>
    public static async Task<UpstreamServer> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var body = await reader.ReadToEndAsync();
            var request = context.Request;
            await context.Response.WriteAsJsonAsync(new Dictionary<string, string?>
            {
                ["method"] = request.Method,
                ["path"] = request.Path + request.QueryString,
                ["key"] = request.Headers["X-API-Key"],
                ["trace"] = request.Headers["X-Trace-ID"],
                ["body"] = body,
            });
        });
        await app.StartAsync();
        return new UpstreamServer(app);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
