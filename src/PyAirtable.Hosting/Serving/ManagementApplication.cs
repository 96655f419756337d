using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Health;
using PyAirtable.Hosting.Metrics;

namespace PyAirtable.Hosting.Serving;

/// <summary>The management port: <c>/live</c>, <c>/ready</c> and <c>/metrics</c>, apart from the services' own routes.</summary>
internal sealed class ManagementApplication(ProcessContext process, IReadOnlyList<ReadinessCheck> checks) : IHttpApplication<HttpContext>
{
    private static readonly byte[] Alive = "{\"status\":\"alive\"}"u8.ToArray();

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }

    public async Task ProcessRequestAsync(HttpContext context)
    {
        // Readings and checks take their time, and the thread may be an event loop, which the services' connections need.
        await Task.Yield();
        if (!HttpMethods.IsGet(context.Request.Method))
        {
            context.Response.Headers.Allow = "GET";
            await DetailError.WriteAsync(context, StatusCodes.Status405MethodNotAllowed, "Method Not Allowed");
            return;
        }
        await (context.Request.Path.Value switch
        {
            "/live" => WriteAsync(context, StatusCodes.Status200OK, Alive),
            "/ready" => WriteReadyAsync(context),
            "/metrics" => MetricsEndpoint.WriteAsync(context, process.Metrics),
            _ => DetailError.WriteAsync(context, StatusCodes.Status404NotFound, "Not Found"),
        });
    }

    private async Task WriteReadyAsync(HttpContext context)
    {
        var report = await ReadinessReport.RunAsync(checks, process.Stop.HasBegun, context.RequestAborted);
        await WriteAsync(context, report.IsReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable, report.ToJson());
    }

    private static Task WriteAsync(HttpContext context, int status, ReadOnlyMemory<byte> json)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = json.Length;
        return context.Response.Body.WriteAsync(json, context.RequestAborted).AsTask();
    }
}
