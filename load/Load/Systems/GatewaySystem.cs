using PyAirtable.Bench.Platform;
using PyAirtable.Load.Loop;
using PyAirtable.Load.Statistics;

namespace PyAirtable.Load.Systems;

/// <summary>A gateway with several processes behind it, of which only the gateway's memory is looked at.</summary>
/// <param name="loop">Where the clients live.</param>
/// <param name="gateway">The gateway.</param>
/// <param name="connections">Connections of the client at most.</param>
/// <param name="description">What it is, in reports.</param>
/// <param name="parts">All that is to end with it.</param>
internal abstract class GatewaySystem(LoadLoop loop, Replica gateway, int connections, string description, StartedParts parts)
    : SystemUnderTest(loop, new Uri(gateway.Url), StartedSystem.OwnKey, connections, description)
{
    /// <inheritdoc/>
    public override ProcessorTimes ProcessorTimes() => new(Environment.CpuUsage.TotalTime.TotalSeconds, double.NaN, double.NaN);

    /// <inheritdoc/>
    public override double Megabytes() => ProcessFigures.ResidentMegabytes(gateway.Process);

    /// <inheritdoc/>
    public override double PeakMegabytes() => ProcessFigures.PeakMegabytes(gateway.Process);

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await parts.DisposeAsync();
    }

    /// <summary>Starts a service and waits until it is ready.</summary>
    /// <param name="executable">Its executable.</param>
    /// <param name="name">Name of its folder.</param>
    /// <param name="port">Its port.</param>
    /// <param name="parts">Takes it.</param>
    /// <param name="settings">Its other settings.</param>
    protected static async Task<Replica> StartAsync(string executable, string name, int port, StartedParts parts, ServerSettings settings)
    {
        var replica = parts.Add(new Replica(executable, Path.Combine(parts.Folder, name), port, settings));
        await replica.StartAsync();
        return replica;
    }
}
