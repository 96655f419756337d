namespace PyAirtable.Platform.Dashboard;

/// <summary>Figures of the events since a moment.</summary>
internal sealed record EventFigures
{
    public long TotalEvents { get; init; }

    public long ActiveUsers { get; init; }
}
