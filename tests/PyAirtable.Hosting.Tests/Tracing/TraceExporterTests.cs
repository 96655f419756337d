using System.Diagnostics;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Tracing;

namespace PyAirtable.Hosting.Tests.Tracing;

/// <summary>Both tests in one class, so that they run one after another: listeners are the process's.</summary>
public sealed class TraceExporterTests
{
    [Fact]
    public void StartServer_NobodyListens_AllocatesNothing()
    {
        long before = 0;
        for (var i = 0; i < 20; i++)
        {
            before = i == 10 ? GC.GetAllocatedBytesForCurrentThread() : before;
            var server = RequestSpans.StartServer("gateway", "GET", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", null);
            var client = RequestSpans.StartClient("GET", "mcp");
            RequestSpans.EndClient(client, 200);
            RequestSpans.EndServer(server, "/api/x/{id}", 200);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.False(RequestSpans.Enabled);
    }

    [Fact]
    public void Start_NoEndpoint_IsOff() => Assert.Null(TraceExporter.Start(new TracingOptions { ServiceName = "gateway" }));

    [Fact]
    public void ToString_Headers_AreNotShown() => Assert.DoesNotContain(
        "hunter2",
        new TracingOptions { ServiceName = "gateway", Headers = "api-key=hunter2", Endpoint = new Uri("http://u:hunter2@h:1") }.ToString(),
        StringComparison.Ordinal);

    [Fact]
    public async Task Start_Endpoint_ReceivesSpansWithTheirAttributes()
    {
        var received = new TaskCompletionSource<(string Path, string Key, string Body)>();
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        await using var collector = builder.Build();
        collector.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            received.TrySetResult((context.Request.Path, context.Request.Headers["x-key"].ToString(), Encoding.Latin1.GetString(body.ToArray())));
        });
        await collector.StartAsync(TestContext.Current.CancellationToken);

        string traceId;
        using (TraceExporter.Start(new TracingOptions { ServiceName = "pyairtable-test", Endpoint = new Uri(collector.Urls.First()), Headers = "x-key=k1" }))
        {
            var server = RequestSpans.StartServer("gateway", "GET", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "v=1");
            Assert.NotNull(server);
            traceId = server.TraceId.ToHexString();
            Assert.Equal("00f067aa0ba902b7", server.ParentSpanId.ToHexString());
            Assert.Equal(server.Id, TraceParent.Of(server).ToString());
            var client = RequestSpans.StartClient("GET", "mcp");
            Assert.Equal(server.SpanId, client?.ParentSpanId);
            RequestSpans.EndClient(client, null);
            RequestSpans.EndServer(server, "/api/x/{id}", 502);
            Assert.Equal(ActivityStatusCode.Error, server.Status);
        }

        var (path, key, sent) = await received.Task.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal("/v1/traces", path);
        Assert.Equal("k1", key);
        Assert.Equal("4bf92f3577b34da6a3ce929d0e0e4736", traceId);
        foreach (var text in new[] { "GET /api/x/{id}", "GET mcp", "http.request.method", "http.route", "http.response.status_code", "service.name", "pyairtable-test" })
        {
            Assert.Contains(text, sent, StringComparison.Ordinal);
        }
    }
}
