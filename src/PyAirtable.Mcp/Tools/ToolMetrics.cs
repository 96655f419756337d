using Prometheus;
using PyAirtable.Hosting.Metrics;

namespace PyAirtable.Mcp.Tools;

/// <summary>What is counted of each tool.</summary>
internal sealed class ToolMetrics(ServiceMetrics metrics)
{
    private readonly Counter _calls = metrics.Factory.CreateCounter("pyairtable_mcp_tool_calls_total", "Tool calls.", ["tool", "route", "outcome"]);

    private readonly Histogram _seconds = metrics.Factory.CreateHistogram(
        "pyairtable_mcp_tool_duration_seconds", "Time of tool calls.", ["tool"], new HistogramConfiguration { Buckets = [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10, 60] });

    /// <summary>A call is over.</summary>
    /// <param name="tool">A tool that there is.</param>
    /// <param name="route"><c>native</c> or <c>python</c>.</param>
    /// <param name="outcome"><c>ok</c>, <c>error</c>, <c>invalid</c>, <c>denied</c> or <c>cancelled</c>.</param>
    /// <param name="elapsed">How long it took.</param>
    public void Count(string tool, string route, string outcome, TimeSpan elapsed)
    {
        _calls.WithLabels(tool, route, outcome).Inc();
        _seconds.WithLabels(tool).Observe(elapsed.TotalSeconds);
    }
}
