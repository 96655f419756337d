using System.Globalization;
using PyAirtable.Load.Statistics;

namespace PyAirtable.Load.Reports;

/// <summary>Says how a run goes: each second in a terminal, every ten elsewhere.</summary>
/// <param name="duration">How long it takes.</param>
internal sealed class ProgressLine(TimeSpan duration)
{
    private const double SecondsBetween = 10;

    private double _next = Console.IsOutputRedirected ? SecondsBetween : 0;

    /// <summary>Shows an interval.</summary>
    public void Show(Sample sample)
    {
        if (sample.Second >= _next)
        {
            _next = Console.IsOutputRedirected ? sample.Second + SecondsBetween - 0.5 : 0;
            Console.WriteLine(Text(sample));
        }
    }

    private string Text(Sample sample) => string.Create(
        CultureInfo.InvariantCulture,
        $"  {sample.Second,4:0}/{duration.TotalSeconds:0} s  {sample.PerSecond,7:0}/s  p50 {sample.P50:0.00}  p95 {sample.P95:0.00}  p99 {sample.P99:0.00} ms  in flight {sample.InFlight}  failed {sample.FailedPerSecond:0}/s  cores: generator {sample.GeneratorCores:0.00} servers {sample.ServerCores:0.00} upstream {sample.UpstreamCores:0.00}  {sample.ServerMegabytes:0} MB");
}
