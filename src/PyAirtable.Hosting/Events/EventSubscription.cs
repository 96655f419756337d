namespace PyAirtable.Hosting.Events;

/// <summary>How a consumer takes part in a group.</summary>
public sealed record EventSubscription
{
    /// <summary>Group whose consumers share the events. A group that is new to Redis starts with everything that the stream still holds.</summary>
    public required string Group { get; init; }

    /// <summary>Name of this consumer, unique in its group. Default: the machine's name and random letters.</summary>
    public string Consumer { get; init; } = $"{Environment.MachineName}-{Guid.NewGuid().ToString("N")[..8]}";

    /// <summary>Types to handle; others are settled unseen. Null: all. The same for all consumers of a group.</summary>
    public IReadOnlySet<string>? Types { get; init; }

    /// <summary>Deliveries of one event before it becomes a dead letter, 1 or more. Default 5.</summary>
    public int MaxAttempts { get; init; } = 5;

    /// <summary>Wait after the first failed attempt, doubled with each one up to the visibility timeout. Default 1 s.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Silence after which others take over what a consumer holds; a living one renews its hold. Default 30 s.</summary>
    public TimeSpan VisibilityTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Handlers that run at once, 1 or more; no more events than that are read ahead. Default 1, which keeps the order but for retries.</summary>
    public int Concurrency { get; init; } = 1;

    /// <summary>How long a stop waits for handlers in flight. Default 10 s.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(10);

    internal bool Wants(EventEnvelope envelope) => Types is null || Types.Contains(envelope.Type);

    internal TimeSpan BackOff(int failedAttempts)
    {
        var delay = RetryDelay * Math.Pow(2, Math.Clamp(failedAttempts - 1, 0, 20));
        return delay < VisibilityTimeout ? delay : VisibilityTimeout;
    }
}
