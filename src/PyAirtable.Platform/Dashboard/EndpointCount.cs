namespace PyAirtable.Platform.Dashboard;

/// <summary>How many metrics name an endpoint.</summary>
internal sealed record EndpointCount
{
    public string Endpoint { get; init; } = "";

    public long Count { get; init; }
}
