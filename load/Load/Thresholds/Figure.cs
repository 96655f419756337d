using PyAirtable.Load.Statistics;

namespace PyAirtable.Load.Thresholds;

/// <summary>A figure of a run that can be asked for by name.</summary>
/// <param name="Name">As in <c>slo.json</c>.</param>
/// <param name="Title">As in goals.</param>
/// <param name="Unit">Its unit in tables.</param>
/// <param name="Of">Takes it from a result.</param>
internal sealed record Figure(string Name, string Title, string Unit, Func<ScenarioResult, double> Of)
{
    /// <summary>Steps a second that went well.</summary>
    public static readonly Figure PerSecond = new("rps", "good requests a second", "/s", static result => result.All.PerSecond);

    /// <summary>Median time.</summary>
    public static readonly Figure P50 = new("p50_ms", "median time", "ms", static result => result.All.P50);

    /// <summary>95th percentile of the time.</summary>
    public static readonly Figure P95 = new("p95_ms", "P95", "ms", static result => result.All.P95);

    /// <summary>99th percentile of the time.</summary>
    public static readonly Figure P99 = new("p99_ms", "P99", "ms", static result => result.All.P99);

    /// <summary>Share of steps that went well.</summary>
    public static readonly Figure Success = new("success_percent", "success", "%", static result => result.All.SuccessPercent);

    /// <summary>Open connections.</summary>
    public static readonly Figure Connections = new("connections", "open connections", "", static result => result.Connections);

    /// <summary>Highest memory of the servers.</summary>
    public static readonly Figure Memory = new("peak_mb", "highest memory of the servers", "MB", static result => result.Usage.PeakMegabytes);

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<Figure> All = [PerSecond, P50, P95, P99, Success, Connections, Memory];

    /// <summary>The one of that name.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public static Figure Named(string name) =>
        All.FirstOrDefault(figure => figure.Name == name) ?? throw new FormatException($"there is no figure \"{name}\"; there are {string.Join(", ", All.Select(figure => figure.Name))}");
}
