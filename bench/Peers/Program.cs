// Compares the gateway with other proxies, holds many connections and WebSockets open at it, and has it reload its settings and one of its upstreams fail under load. Started by bench/Peers/run.
using System.Runtime.InteropServices;
using PyAirtable.Bench.Peers;

using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
try
{
    var arguments = Arguments.Read(args);
    using var rig = new Rig(arguments);
    return arguments.Bench switch
    {
        "peers" => await CompareAsync(arguments, rig, stop.Token),
        "connections" => await ManyConnections.RunAsync(arguments, rig, stop.Token),
        "websockets" => await ManySockets.RunAsync(arguments, rig, stop.Token),
        "faults" => await FaultyUpstreams.RunAsync(arguments, rig, stop.Token),
        "reload" => await ManyReloads.RunAsync(arguments, rig, stop.Token),
        _ => throw new FormatException($"there is no bench {arguments.Bench}"),
    };
}
catch (FormatException mistake)
{
    Console.Error.WriteLine(mistake.Message);
    return 2;
}
catch (InvalidOperationException failure)
{
    Console.Error.WriteLine(failure.Message);
    return 1;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("stopped");
    return 130;
}

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}

static async Task<int> CompareAsync(Arguments arguments, Rig rig, CancellationToken cancel)
{
    var names = arguments.PeerFilter.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    var peers = Peer.All.Where(peer => names.Length == 0 || names.Contains(peer.Name)).ToList();
    var cases = Case.All.Where(load => load.Name.Contains(arguments.CaseFilter, StringComparison.OrdinalIgnoreCase)).ToList();
    if (peers.Count == 0 || cases.Count == 0)
    {
        throw new FormatException("no such peer or case; see --list");
    }
    var comparison = new Comparison(rig, arguments, peers);
    foreach (var load in cases)
    {
        await comparison.RunAsync(load, cancel);
    }
    new Report(arguments, comparison, cases, peers).Write();
    return comparison.Samples.All(sample => sample.IsValid) ? 0 : 1;
}
