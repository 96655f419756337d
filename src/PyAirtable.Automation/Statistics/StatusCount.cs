namespace PyAirtable.Automation.Statistics;

/// <summary>How many records have a status.</summary>
internal sealed record StatusCount
{
    /// <summary>As stored.</summary>
    public string Status { get; init; } = "";

    public long Count { get; init; }
}
