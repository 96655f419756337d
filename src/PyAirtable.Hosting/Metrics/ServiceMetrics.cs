using System.Collections.Concurrent;
using Prometheus;

namespace PyAirtable.Hosting.Metrics;

/// <summary>
/// The metrics of a process, in a registry of its own: prometheus-net's default one starts event listeners and meter adapters that cost memory.
/// Requests are counted under two sets of names, see <see cref="RequestFamilies"/>; what is sampled is sampled at scrape only.
/// </summary>
public sealed class ServiceMetrics : IDisposable
{
    /// <summary>The content type of <see cref="WriteAsync"/>: Prometheus text format 0.0.4.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly CollectorRegistry _registry = Prometheus.Metrics.NewCustomRegistry();
    private readonly RequestFamilies _families;
    private readonly ProcessMetrics _process;
    private readonly ConcurrentDictionary<string, RequestMetrics> _services = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<(IGauge Gauge, Func<double> Read)> _gauges = new();
    private readonly SemaphoreSlim _scrape = new(1);

    /// <summary>Starts counting; the process's start time is this moment.</summary>
    public ServiceMetrics(TimeProvider clock)
    {
        var factory = Prometheus.Metrics.WithCustomRegistry(_registry);
        factory.ExemplarBehavior = ExemplarBehavior.NoExemplars();
        Factory = factory;
        _families = new RequestFamilies(factory);
        _process = new ProcessMetrics(factory, clock.GetUtcNow());
    }

    /// <summary>Makes further metrics; their names start with <c>pyairtable_</c>.</summary>
    public IMetricFactory Factory { get; }

    /// <summary>The request metrics of a service; the same object for the same name.</summary>
    public RequestMetrics ForService(string service) => _services.GetOrAdd(service, static (name, families) => new RequestMetrics(name, families), _families);

    /// <summary>A gauge that is read at scrape, such as a queue's depth. A read that throws gives NaN.</summary>
    public void AddGauge(string name, string help, Func<double> read) => _gauges.Enqueue((Factory.CreateGauge(name, help), read));

    /// <summary>As above, for one value of a label.</summary>
    public void AddGauge(string name, string help, (string Name, string Value) label, Func<double> read) =>
        _gauges.Enqueue((Factory.CreateGauge(name, help, [label.Name]).WithLabels(label.Value), read));

    /// <summary>Writes all metrics in the text format. Scrapes are answered one after another.</summary>
    public async Task WriteAsync(Stream output, CancellationToken cancellation)
    {
        await _scrape.WaitAsync(cancellation);
        try
        {
            Sample();
            await _registry.CollectAndExportAsTextAsync(output, ExpositionFormat.PrometheusText, cancellation);
        }
        finally
        {
            _scrape.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _scrape.Dispose();

    private void Sample()
    {
        _process.Sample();
        foreach (var (_, service) in _services)
        {
            service.Sample();
        }

        foreach (var (gauge, read) in _gauges)
        {
            try
            {
                gauge.Set(read());
            }
            catch (Exception)
            {
                gauge.Set(double.NaN);
            }
        }
    }
}
