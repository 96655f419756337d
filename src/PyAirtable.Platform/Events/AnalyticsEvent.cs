using PyAirtable.Platform.Ingestion;

namespace PyAirtable.Platform.Events;

/// <summary>An event, as <c>platform_analytics_events</c> has it (platform contract 3.3).</summary>
internal sealed class AnalyticsEvent : IRow
{
    // Of the object itself, its strings' headers and a connection's share of the queue.
    private const int Overhead = 200;

    /// <inheritdoc/>
    public int Id { get; set; }

    /// <summary>Any text of at most 100 characters.</summary>
    public required string EventType { get; init; }

    /// <summary>A JSON object.</summary>
    public string EventData { get; init; } = "{}";

    /// <summary>A user's number; there need not be such a user.</summary>
    public int? UserId { get; init; }

    /// <summary>Any text of at most 255 characters.</summary>
    public string? SessionId { get; init; }

    /// <summary>UTC, of unspecified kind, in whole microseconds.</summary>
    public required DateTime Timestamp { get; init; }

    /// <summary>Address of the client, of at most 45 characters.</summary>
    public string? IpAddress { get; init; }

    /// <summary>What the client calls itself.</summary>
    public string? UserAgent { get; init; }

    /// <inheritdoc/>
    public int Weight => Overhead + (sizeof(char) * (EventType.Length + EventData.Length + (SessionId?.Length ?? 0) + (UserAgent?.Length ?? 0)));
}
