using PyAirtable.Hosting.Requests;
using PyAirtable.Platform.Ingestion;

namespace PyAirtable.Platform.Metrics;

/// <summary>The members of a metric that a client sends (platform contract 1.7, D-16, D-20).</summary>
internal static class MetricFields
{
    private const int MaxName = 100;
    private const int MaxType = 50;
    private const int MaxService = 100;
    private const int MaxEndpoint = 255;

    /// <summary>Reads them in the order in which faults are told.</summary>
    public static Metric Read(BodyFields fields, DateTime time) => new()
    {
        Name = fields.Text("metric_name", maxLength: MaxName),
        Value = fields.Number("metric_value"),
        Type = fields.Text("metric_type", "counter", maxLength: MaxType),
        UserId = (int?)fields.OptionalInteger("user_id"),
        ServiceName = fields.OptionalText("service_name", maxLength: MaxService),
        Endpoint = fields.OptionalText("endpoint", maxLength: MaxEndpoint),
        Labels = CompactJson.Of(fields.OptionalObject("labels")),
        Timestamp = time,
    };
}
