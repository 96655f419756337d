namespace PyAirtable.Hosting.Events;

/// <summary>The streams in Redis.</summary>
public sealed record RedisStreamOptions
{
    /// <summary>Key of the one stream that all events go to. Default <c>events</c>.</summary>
    public string Stream { get; init; } = "events";

    /// <summary>Entries that the stream, and the dead letters' one, keep; Redis trims in whole nodes, so somewhat more. Default 100,000.</summary>
    public long MaxLength { get; init; } = 100_000;

    /// <summary>Key of the dead letters: the stream's name and <c>:dead</c>.</summary>
    public string DeadStream => Stream + ":dead";
}
