using System.Diagnostics;
using PyAirtable.Hosting.Metrics;

namespace PyAirtable.Hosting.Tests.Metrics;

public sealed class RequestMetricsTests : IDisposable
{
    private readonly ServiceMetrics _metrics = new(TimeProvider.System);

    public void Dispose() => _metrics.Dispose();

    [Theory]
    [InlineData("BREW", null, 200, "OTHER", "unmatched", "200")]
    [InlineData("get", "/x", 999, "OTHER", "/x", "other")]
    [InlineData("PATCH", "/x", 599, "PATCH", "/x", "599")]
    public async Task End_Labels_AreBounded(string method, string? route, int status, string methodLabel, string routeLabel, string statusLabel)
    {
        _metrics.ForService("gateway").Begin();
        _metrics.ForService("gateway").End(method, route, status, TimeSpan.Zero);

        Assert.Contains(
            $"http_requests_total{{service=\"gateway\",method=\"{methodLabel}\",route=\"{routeLabel}\",status=\"{statusLabel}\"}} 1",
            await ServiceMetricsTests.ScrapeAsync(_metrics));
    }

    [Fact]
    public async Task End_MoreRoutesThanAServiceHas_CountsTheRestAsUnmatched()
    {
        var requests = _metrics.ForService("gateway");
        for (var i = 0; i < 600; i++)
        {
            requests.Begin();
            requests.End("GET", $"/{i}", 200, TimeSpan.Zero);
        }

        Assert.Contains(
            """http_requests_total{service="gateway",method="GET",route="unmatched",status="200"} 88""",
            await ServiceMetricsTests.ScrapeAsync(_metrics));
    }

    [Fact]
    public void End_KnownLabels_AllocatesNothing()
    {
        var requests = _metrics.ForService("gateway");
        using var span = new Activity("a span in the request's context").Start();
        long before = 0;
        for (var i = 0; i < 200; i++)
        {
            requests.Begin();
            requests.End("GET", "/files/{id}", 200, TimeSpan.FromMilliseconds(1));
            requests.Begin();
            requests.End("BREW", null, 404, TimeSpan.FromMilliseconds(1));
            before = i == 99 ? GC.GetAllocatedBytesForCurrentThread() : before;
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public async Task End_ManyThreads_CountsAll()
    {
        var requests = _metrics.ForService("gateway");
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 1000; i++)
            {
                requests.Begin();
                requests.End("GET", i % 2 == 0 ? "/a" : "/b", 200 + (i % 4), TimeSpan.Zero);
            }
        })));

        var lines = await ServiceMetricsTests.ScrapeAsync(_metrics);
        var counted = lines.Where(line => line.StartsWith("http_requests_total{", StringComparison.Ordinal)).Sum(line => int.Parse(line.Split(' ')[1], null));
        Assert.Equal(4000, counted);
        Assert.Contains("pyairtable_http_requests_in_flight 0", lines);
    }
}
