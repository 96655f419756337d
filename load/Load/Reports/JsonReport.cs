using System.Buffers;
using System.Text.Json;
using PyAirtable.Load.Statistics;

namespace PyAirtable.Load.Reports;

/// <summary>A result in JSON. What could not be measured is null.</summary>
internal static class JsonReport
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true };

    /// <summary>Writes it.</summary>
    public static byte[] Write(ScenarioResult result)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Indented))
        {
            Write(json, result);
        }
        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter json, ScenarioResult result)
    {
        json.WriteStartObject();
        json.WriteString("scenario", result.Scenario);
        json.WriteString("system", result.System);
        json.WriteString("started", result.Started);
        Number(json, "seconds", result.Seconds);
        json.WriteNumber("processors", Environment.ProcessorCount);
        json.WriteNumber("connections", result.Connections);
        json.WriteBoolean("interrupted", result.Interrupted);
        Number(json, "late_p99_ms", result.LatenessP99);
        Number(json, "late_max_ms", result.LatenessMax);
        json.WriteNumber("overload", result.Overload);
        Number(json, "generator_cpu_seconds", result.Usage.GeneratorSeconds);
        Number(json, "server_cpu_seconds", result.Usage.ServerSeconds);
        Number(json, "upstream_cpu_seconds", result.Usage.UpstreamSeconds);
        Number(json, "generator_mb", result.Usage.GeneratorMegabytes);
        Number(json, "peak_mb", result.Usage.PeakMegabytes);
        Array(json, "services", result.Usage.Services, static (json, service) =>
        {
            json.WriteStartObject();
            json.WriteString("name", service.Name);
            Number(json, "cpu_seconds", service.CpuSeconds);
            json.WriteNumber("requests", service.Requests);
            Number(json, "log_bytes", service.LogBytes);
            Number(json, "peak_mb", service.PeakMegabytes);
            json.WriteEndObject();
        });
        json.WritePropertyName("all");
        Step(json, result.All);
        Array(json, "steps", result.Steps, Step);
        Array(json, "distribution", result.Distribution, static (json, point) =>
        {
            json.WriteStartObject();
            Number(json, "percent", point.Percent);
            Number(json, "ms", point.Milliseconds);
            json.WriteEndObject();
        });
        Array(json, "samples", result.Samples, static (json, sample) =>
        {
            json.WriteStartObject();
            foreach (var (key, _, of) in Columns.OfSample)
            {
                Number(json, key, of(sample));
            }
            json.WriteEndObject();
        });
        Array(json, "thresholds", result.Verdicts, static (json, verdict) =>
        {
            json.WriteStartObject();
            json.WriteString("threshold", verdict.Threshold.ToString());
            Number(json, "measured", verdict.Measured);
            json.WriteBoolean("passes", verdict.Passes);
            json.WriteEndObject();
        });
        json.WriteEndObject();
    }

    private static void Step(Utf8JsonWriter json, StepResult step)
    {
        json.WriteStartObject();
        json.WriteString("name", step.Name);
        foreach (var (_, key, _, of) in Columns.OfStep)
        {
            Number(json, key, of(step));
        }
        json.WriteStartObject("reasons");
        foreach (var (reason, times) in step.Reasons)
        {
            json.WriteNumber(reason, times);
        }
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Array<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            write(json, item);
        }
        json.WriteEndArray();
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
