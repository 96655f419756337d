using PyAirtable.Load.Loop;
using PyAirtable.Load.Statistics;

namespace PyAirtable.Load.Systems;

/// <summary>A system that runs already, here or elsewhere: its processes are not looked at.</summary>
internal sealed class RemoteSystem(LoadLoop loop, Uri gateway, string key, int connections) : SystemUnderTest(loop, gateway, key, connections, gateway.ToString())
{
    /// <inheritdoc/>
    public override ProcessorTimes ProcessorTimes() => new(Environment.CpuUsage.TotalTime.TotalSeconds, double.NaN, double.NaN);

    /// <inheritdoc/>
    public override double Megabytes() => double.NaN;

    /// <inheritdoc/>
    public override double PeakMegabytes() => double.NaN;
}
