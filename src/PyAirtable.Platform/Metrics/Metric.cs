using PyAirtable.Platform.Ingestion;

namespace PyAirtable.Platform.Metrics;

/// <summary>A metric's value, as <c>platform_analytics_metrics</c> has it (platform contract 3.4).</summary>
internal sealed class Metric : IRow
{
    // Of the object itself, its strings' headers and a connection's share of the queue.
    private const int Overhead = 200;

    /// <inheritdoc/>
    public int Id { get; set; }

    /// <summary>Any text of at most 100 characters.</summary>
    public required string Name { get; init; }

    /// <summary>A finite number.</summary>
    public required double Value { get; init; }

    /// <summary>Any text of at most 50 characters.</summary>
    public required string Type { get; init; }

    /// <summary>A user's number; there need not be such a user.</summary>
    public int? UserId { get; init; }

    /// <summary>Any text of at most 100 characters.</summary>
    public string? ServiceName { get; init; }

    /// <summary>Any text of at most 255 characters.</summary>
    public string? Endpoint { get; init; }

    /// <summary>A JSON object.</summary>
    public string Labels { get; init; } = "{}";

    /// <summary>UTC, of unspecified kind, in whole microseconds.</summary>
    public required DateTime Timestamp { get; init; }

    /// <inheritdoc/>
    public int Weight => Overhead + (sizeof(char) * (Name.Length + Type.Length + Labels.Length + (ServiceName?.Length ?? 0) + (Endpoint?.Length ?? 0)));
}
