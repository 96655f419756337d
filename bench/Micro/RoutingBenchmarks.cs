using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Routing;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Bench.Micro;

/// <summary>Finding a request's route.</summary>
[MemoryDiagnoser]
public class RoutingBenchmarks
{
    private readonly RouteTable _routes = new RouteTable()
        .Get("/health", static _ => Task.CompletedTask)
        .Get("/workflows/{workflow_id}/executions", static _ => Task.CompletedTask)
        .Get("/files/{file_id}", static _ => Task.CompletedTask);

    private readonly RequestContext _literal = Request("/health");
    private readonly RequestContext _parameter = Request("/files/4711");

    [Benchmark]
    public Task Literal() => _routes.DispatchAsync(_literal);

    [Benchmark]
    public Task Parameter() => _routes.DispatchAsync(_parameter);

    private static RequestContext Request(string path)
    {
        var http = new DefaultHttpContext();
        (http.Request.Method, http.Request.Path) = ("GET", path);
        return new RequestContext { Http = http };
    }
}
