using System.Globalization;
using System.Text;
using PyAirtable.Hosting.Metrics;

namespace PyAirtable.Hosting.Tests.Metrics;

public sealed class ServiceMetricsTests : IDisposable
{
    private readonly ServiceMetrics _metrics = new(TimeProvider.System);

    public void Dispose() => _metrics.Dispose();

    [Fact]
    public async Task WriteAsync_AnsweredRequests_CountsUnderBothSetsOfNames()
    {
        var requests = _metrics.ForService("gateway");
        for (var i = 0; i < 3; i++)
        {
            requests.Begin();
            requests.End("GET", "/files/{id}", 200, TimeSpan.FromMilliseconds(2));
        }

        requests.Begin();
        requests.End("GET", "/files/{id}", 404, TimeSpan.FromMilliseconds(20));

        var lines = await ScrapeAsync();
        Assert.Contains("""http_requests_total{service="gateway",method="GET",route="/files/{id}",status="200"} 3""", lines);
        Assert.Contains("""http_requests_total{service="gateway",method="GET",route="/files/{id}",status="404"} 1""", lines);
        Assert.Contains("""http_request_duration_seconds_bucket{service="gateway",method="GET",route="/files/{id}",status="200",le="0.0025"} 3""", lines);
        Assert.Contains("""pyairtable_http_requests_total{method="GET",path="/files/{id}",status_code="200"} 3""", lines);
        Assert.Contains("""pyairtable_http_request_duration_seconds_count{method="GET",path="/files/{id}"} 4""", lines);
        Assert.Contains("""pyairtable_http_request_duration_seconds_bucket{method="GET",path="/files/{id}",le="0.005"} 3""", lines);
        Assert.Contains("""pyairtable_http_request_duration_seconds_bucket{method="GET",path="/files/{id}",le="+Inf"} 4""", lines);
    }

    [Fact]
    public async Task WriteAsync_TwoServicesAndTwoScrapes_SumsOnce()
    {
        foreach (var service in new[] { "gateway", "platform", "gateway" })
        {
            _metrics.ForService(service).Begin();
            _metrics.ForService(service).End("GET", "/health", 200, TimeSpan.Zero);
        }

        await ScrapeAsync();
        var lines = await ScrapeAsync();

        Assert.Contains("""http_requests_total{service="gateway",method="GET",route="/health",status="200"} 2""", lines);
        Assert.Contains("""http_requests_total{service="platform",method="GET",route="/health",status="200"} 1""", lines);
        Assert.Contains("""pyairtable_http_requests_total{method="GET",path="/health",status_code="200"} 3""", lines);
    }

    [Fact]
    public async Task WriteAsync_RequestsInFlight_AreSeenUntilTheyEnd()
    {
        _metrics.ForService("gateway").Begin();
        _metrics.ForService("platform").Begin();
        var during = await ScrapeAsync();
        _metrics.ForService("platform").End("GET", null, 404, TimeSpan.Zero);
        var after = await ScrapeAsync();

        Assert.Contains("""http_requests_in_flight{service="platform"} 1""", during);
        Assert.Contains("pyairtable_http_requests_in_flight 2", during);
        Assert.Contains("""http_requests_in_flight{service="platform"} 0""", after);
        Assert.Contains("pyairtable_http_requests_in_flight 1", after);
    }

    [Fact]
    public async Task WriteAsync_Build_IsNamed() =>
        Assert.Contains($$"""pyairtable_build_info{version="{{PyAirtable.Hosting.CommandLine.Executable.Version}}"} 1""", await ScrapeAsync());

    [Fact]
    public async Task WriteAsync_Process_IsSampled()
    {
        var lines = await ScrapeAsync();

        foreach (var name in new[] { "process_resident_memory_bytes", "process_cpu_seconds_total", "process_start_time_seconds", "process_open_fds", "process_max_fds", "dotnet_gc_heap_bytes", "dotnet_threadpool_threads" })
        {
            var value = lines.Single(line => line.StartsWith(name + " ", StringComparison.Ordinal)).Split(' ')[1];
            Assert.True(double.Parse(value, CultureInfo.InvariantCulture) > 0, $"{name} {value}");
        }

        foreach (var name in new[] { "dotnet_collection_count_total{generation=\"2\"}", "dotnet_gc_pause_seconds_total", "dotnet_threadpool_queue_length", "dotnet_threadpool_completed_items_total" })
        {
            Assert.Contains(lines, line => line.StartsWith(name + " ", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task AddGauge_Value_IsReadAtEachScrape()
    {
        var depth = 3.0;
        _metrics.AddGauge("pyairtable_queue_depth", "Waiting jobs.", () => depth);
        _metrics.AddGauge("pyairtable_broken", "Fails.", () => throw new InvalidOperationException());
        var first = await ScrapeAsync();
        depth = 5;

        Assert.Contains("pyairtable_queue_depth 3", first);
        Assert.Contains("pyairtable_broken NaN", first);
        Assert.Contains("pyairtable_queue_depth 5", await ScrapeAsync());
    }

    [Fact]
    public async Task WriteAsync_AnyScrape_IsTextFormat()
    {
        _metrics.ForService("gateway").Begin();
        _metrics.ForService("gateway").End("GET", "/a\"b\\c", 200, TimeSpan.Zero);

        foreach (var line in await ScrapeAsync())
        {
            Assert.Matches("""^(# (HELP|TYPE) [a-z_0-9]+ .+|[a-z_0-9]+(\{[a-z_]+="([^"\\]|\\["\\n])*"(,[a-z_]+="([^"\\]|\\["\\n])*")*\})? (NaN|[+-]?[0-9.eE+-]+))$""", line);
        }
    }

    internal static async Task<string[]> ScrapeAsync(ServiceMetrics metrics)
    {
        using var output = new MemoryStream();
        await metrics.WriteAsync(output, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private Task<string[]> ScrapeAsync() => ScrapeAsync(_metrics);
}
