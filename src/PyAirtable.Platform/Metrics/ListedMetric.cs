using System.Text.Json;
using PyAirtable.Platform.Access;

namespace PyAirtable.Platform.Metrics;

/// <summary>A row of <c>platform_analytics_metrics</c>, as lists show it.</summary>
internal sealed record ListedMetric
{
    public int Id { get; init; }

    public string MetricName { get; init; } = "";

    /// <summary>NaN or infinite only where the Python service stored it.</summary>
    public double MetricValue { get; init; }

    public string MetricType { get; init; } = "";

    public int? UserId { get; init; }

    public string? ServiceName { get; init; }

    public string? Endpoint { get; init; }

    /// <summary>JSON, as it is stored.</summary>
    public string Labels { get; init; } = "";

    /// <summary>UTC, of unspecified kind.</summary>
    public DateTime Timestamp { get; init; }

    /// <summary>Writes it as an object (platform contract 1.2); a value that JSON has no number for is null (D-20).</summary>
    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("id"u8, Id);
        json.WriteString("metric_name"u8, MetricName);
        if (double.IsFinite(MetricValue))
        {
            json.WriteNumber("metric_value"u8, MetricValue);
        }
        else
        {
            json.WriteNull("metric_value"u8);
        }

        json.WriteString("metric_type"u8, MetricType);
        json.WriteUserId(UserId);
        json.WriteString("service_name"u8, ServiceName);
        json.WriteString("endpoint"u8, Endpoint);
        StoredJson.Write(json, "labels"u8, Labels);
        WireTime.Write(json, "timestamp"u8, Timestamp);
        json.WriteEndObject();
    }
}
