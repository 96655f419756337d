using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace PyAirtable.Hosting.Tracing;

/// <summary>Sends the spans of <see cref="RequestSpans"/> to an OpenTelemetry collector: OTLP over HTTP in protobuf, in batches, in the background.</summary>
public sealed class TraceExporter : IDisposable
{
    private readonly TracerProvider _provider;

    private TraceExporter(TracerProvider provider) => _provider = provider;

    /// <summary>Starts the export; null, and nothing built, where no endpoint is set.</summary>
    public static TraceExporter? Start(TracingOptions options)
    {
        if (options.Endpoint is not { } endpoint)
        {
            return null;
        }

        var exporter = new OtlpTraceExporter(new OtlpExporterOptions
        {
            Protocol = OtlpExportProtocol.HttpProtobuf,
            Endpoint = new Uri(endpoint.AbsoluteUri.TrimEnd('/') + "/v1/traces"),
            Headers = options.Headers,
        });
        return new TraceExporter(Sdk.CreateTracerProviderBuilder()
            .AddSource(RequestSpans.SourceName)
            .ConfigureResource(resource => resource.AddService(options.ServiceName))
            .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(options.SampleRatio)))
            .AddProcessor(new BatchActivityExportProcessor(exporter))
            .Build());
    }

    /// <summary>Sends what is left, for two seconds at most, and stops.</summary>
    public void Dispose()
    {
        _provider.Shutdown(timeoutMilliseconds: 2000);
        _provider.Dispose();
    }
}
