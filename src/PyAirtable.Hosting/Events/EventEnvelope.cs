namespace PyAirtable.Hosting.Events;

/// <summary>
/// One event on the bus. On the wire it is a JSON object with <c>id</c>, <c>type</c>, <c>source</c>,
/// <c>time</c> (RFC 3339, UTC), <c>trace_id</c> (left out when null) and <c>data</c>.
/// </summary>
public sealed partial record EventEnvelope
{
    /// <summary>Unique id, at most once per event: consumers tell repeated deliveries by it.</summary>
    public required string Id { get; init; }

    /// <summary>What happened, in dotted lower case, such as <c>file.uploaded</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Service that says so, such as <c>automation</c>.</summary>
    public required string Source { get; init; }

    /// <summary>When it happened; kept to the microsecond.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Trace in which it happened; null when there was none.</summary>
    public string? TraceId { get; init; }

    /// <summary>What there is to know: one JSON value in UTF-8.</summary>
    public required ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>A new event with an id (UUID version 7) and the time of now.</summary>
    /// <param name="type">What happened.</param>
    /// <param name="source">Service that says so.</param>
    /// <param name="data">One JSON value in UTF-8.</param>
    /// <param name="time">Clock.</param>
    /// <param name="traceId">Trace in which it happened.</param>
    public static EventEnvelope Create(string type, string source, ReadOnlyMemory<byte> data, TimeProvider time, string? traceId = null)
    {
        var now = time.GetUtcNow();
        return new EventEnvelope
        {
            Id = Guid.CreateVersion7(now).ToString(),
            Type = type,
            Source = source,
            Time = now,
            TraceId = traceId,
            Data = data,
        };
    }
}
