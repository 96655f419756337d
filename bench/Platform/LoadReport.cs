using System.Globalization;

namespace PyAirtable.Bench.Platform;

/// <summary>What the load generator saw.</summary>
/// <param name="Stored">Events that were acknowledged.</param>
/// <param name="Errors">Requests that were not answered 200.</param>
/// <param name="Seconds">Time that it took.</param>
/// <param name="P50">Median time of an answer from when its request was due, in milliseconds.</param>
/// <param name="P99">99th percentile of it.</param>
internal sealed record LoadReport(long Stored, long Errors, double Seconds, double P50, double P99)
{
    /// <summary>Events a second.</summary>
    public double PerSecond => Stored / Seconds;

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static LoadReport Parse(string line) => line.Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray() switch
    {
        [var stored, var errors, var seconds, var p50, var p99] => new((long)stored, (long)errors, seconds, p50, p99),
        _ => throw new FormatException("not a report: " + line),
    };

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Stored} {Errors} {Seconds} {P50} {P99}");
}
