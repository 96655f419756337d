using System.Buffers;
using System.Text.Json;

namespace PyAirtable.Load.Comparison;

/// <summary>A comparison in JSON: every round of both sides, and the claims. What could not be measured is null.</summary>
internal static class ComparisonJson
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true };

    /// <summary>Writes it; the parameters are those of <see cref="ComparisonReport.Write"/>.</summary>
    public static byte[] Write(SideBySide sides, ComparisonOptions options, string loadBefore)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Indented))
        {
            json.WriteStartObject();
            json.WriteString("written", DateTimeOffset.UtcNow);
            json.WriteNumber("processors", Environment.ProcessorCount);
            json.WriteString("load_average_before", loadBefore);
            json.WriteNumber("seconds", options.During.TotalSeconds);
            json.WriteStartArray("rounds");
            foreach (var (ours, python) in sides.Rounds)
            {
                json.WriteStartObject();
                Side(json, "ours", ours);
                Side(json, "python", python);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteStartArray("claims");
            foreach (var claim in Claims.Of(sides))
            {
                json.WriteStartObject();
                json.WriteString("claim", claim.Name);
                json.WriteString("plan", claim.Plan);
                json.WriteString("measured", claim.Measured);
                json.WriteString("by_processor_time", claim.Processor);
                json.WriteString("verdict", claim.Verdict);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    private static void Side(Utf8JsonWriter json, string name, SideFigures side)
    {
        json.WriteStartObject(name);
        Number(json, "start_ms", side.StartMilliseconds);
        Number(json, "idle_mb", side.IdleMegabytes);
        Number(json, "peak_mb", side.PeakMegabytes);
        json.WriteStartObject("routes");
        foreach (var (route, figures) in side.Routes)
        {
            json.WriteStartObject(route);
            Number(json, "per_second", figures.PerSecond);
            Number(json, "cpu_seconds_per_1000", figures.CpuSeconds);
            Number(json, "p50_ms", figures.P50);
            Number(json, "p95_ms", figures.P95);
            Number(json, "p99_ms", figures.P99);
            json.WriteNumber("failed", figures.Failed);
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter json, string name, double figure)
    {
        if (double.IsFinite(figure))
        {
            json.WriteNumber(name, Math.Round(figure, 4));
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
