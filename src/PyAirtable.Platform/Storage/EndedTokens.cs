namespace PyAirtable.Platform.Storage;

/// <summary>A user all of whose tokens were ended.</summary>
internal sealed record EndedTokens
{
    public int Id { get; init; }

    /// <summary>Time of issue of the first good token.</summary>
    public DateTime ValidFrom { get; init; }
}
