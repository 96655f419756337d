namespace PyAirtable.Platform.Ingestion;

/// <summary>Bounds of what waits to be stored, for one table.</summary>
internal sealed record IngestionOptions
{
    /// <summary>Rows that wait at most: several seconds' worth at full speed.</summary>
    public int MaxWaitingRows { get; init; } = 16_384;

    /// <summary>Bytes of memory that they take at most.</summary>
    public long MaxWaitingBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>Rows of one transaction at most, unless one request has more.</summary>
    public int MaxBatchRows { get; init; } = 1024;

    /// <summary>Bytes of one transaction at most, unless one request has more.</summary>
    public long MaxBatchBytes { get; init; } = 1024 * 1024;

    /// <summary>How long one transaction may take. Beyond it the database counts as away.</summary>
    public TimeSpan WriteLimit { get; init; } = TimeSpan.FromSeconds(10);
}
