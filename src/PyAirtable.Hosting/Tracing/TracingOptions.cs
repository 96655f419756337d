namespace PyAirtable.Hosting.Tracing;

/// <summary>Where traces go; nowhere unless an endpoint is set.</summary>
public sealed record TracingOptions
{
    /// <summary>Base URL of the collector, <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>, such as <c>http://collector:4318</c>; <c>/v1/traces</c> is added. Null: off.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>Headers of the export, <c>OTEL_EXPORTER_OTLP_HEADERS</c>: <c>name=value,name=value</c>. A secret.</summary>
    public string? Headers { get; init; }

    /// <summary>The resource's <c>service.name</c>, <c>OTEL_SERVICE_NAME</c>.</summary>
    public required string ServiceName { get; init; }

    /// <summary>Share of new traces that is recorded, <c>OTEL_TRACES_SAMPLER_ARG</c>, 0 to 1; a caller's decision has precedence. Default 1.</summary>
    public double SampleRatio { get; init; } = 1;

    /// <inheritdoc/>
    public override string ToString() => $"TracingOptions {{ Endpoint = {Endpoint?.Host}, ServiceName = {ServiceName} }}";
}
