using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using PyAirtable.Testing;

namespace PyAirtable.Conformance;

/// <summary>A collector gets the spans of the published executable, in the client's own trace.</summary>
public sealed class TraceExportTests
{
    private const string TraceId = "4bf92f3577b34da6a3ce929d0e0e4736";

    [Fact]
    public async Task Traces_EndpointSet_ReachTheCollector()
    {
        var received = new MemoryStream();
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        await using var collector = builder.Build();
        collector.Run(context => context.Request.Path == "/v1/traces" ? context.Request.Body.CopyToAsync(received) : Task.CompletedTask);
        await collector.StartAsync();
        await using var instance = await AllInOneInstance.StartAsync(("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Urls.First()));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/platform/");
        request.Headers.Add("traceparent", $"00-{TraceId}-00f067aa0ba902b7-01");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));

        using var answer = await instance.Client.SendAsync(request);
        instance.Process.Signal(ExecutableProcess.Sigterm);
        Assert.Equal(0, await instance.Process.WaitForExitAsync());

        var body = received.ToArray();
        Assert.Contains("GET /api/platform", Encoding.Latin1.GetString(body), StringComparison.Ordinal);
        Assert.True(body.AsSpan().IndexOf(Convert.FromHexString(TraceId)) >= 0);
    }
}
