namespace PyAirtable.Platform.Dashboard;

/// <summary>How many events have a name.</summary>
internal sealed record EventCount
{
    public string EventName { get; init; } = "";

    public long Count { get; init; }
}
