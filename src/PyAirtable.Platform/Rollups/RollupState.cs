namespace PyAirtable.Platform.Rollups;

/// <summary>How far a roll-up goes.</summary>
internal sealed record RollupState
{
    /// <summary>Highest id that is in it.</summary>
    public long FoldedThrough { get; init; }

    /// <summary>Highest id of its table; 0 without rows.</summary>
    public long Newest { get; init; }
}
