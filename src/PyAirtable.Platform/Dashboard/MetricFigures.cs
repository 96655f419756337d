namespace PyAirtable.Platform.Dashboard;

/// <summary>How many metrics name an endpoint; or, without an endpoint, the sum of the metrics named <c>api_calls</c>.</summary>
internal sealed record MetricFigures
{
    public string? Endpoint { get; init; }

    public long Count { get; init; }

    public double ApiCalls { get; init; }
}
