// Compares the gateway with other proxies, holds many connections and WebSockets open at it, and has it reload its settings and one of its upstreams fail under load. Started by bench/Peers/run.
using System.Runtime.InteropServices;
using PyAirtable.Bench.Goals;
using PyAirtable.Bench.Peers;
using PyAirtable.Testing;

using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
try
{
    var arguments = Arguments.Read(args);
    var report = new BenchReport(arguments.Name);
    using var rig = new Rig(arguments);
    await (arguments.Bench switch
    {
        "peers" => CompareAsync(report, arguments, rig, stop.Token),
        "connections" => ManyConnections.RunAsync(report, arguments, rig, stop.Token),
        "websockets" => ManySockets.RunAsync(report, arguments, rig, stop.Token),
        "faults" => FaultyUpstreams.RunAsync(report, arguments, rig, stop.Token),
        "reload" => ManyReloads.RunAsync(report, arguments, rig, stop.Token),
        _ => throw new FormatException($"there is no bench {arguments.Bench}"),
    });
    return report.Finish();
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

static async Task CompareAsync(BenchReport report, Arguments arguments, Rig rig, CancellationToken cancel)
{
    var names = arguments.PeerFilter.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    var peers = Peer.All.Where(peer => names.Length == 0 || names.Contains(peer.Name)).ToList();
    var cases = Case.All.Where(load => load.Name.Contains(arguments.CaseFilter, StringComparison.OrdinalIgnoreCase)).ToList();
    if (peers.Count == 0 || cases.Count == 0)
    {
        throw new FormatException("no such peer or case; see --list");
    }
    await using var postgres = new PostgresServer();
    if (peers.Contains(Peer.Python))
    {
        rig.DatabaseUrl = await postgres.CreateDatabaseAsync();
    }
    var comparison = new Comparison(rig, arguments, peers);
    foreach (var load in cases)
    {
        await comparison.RunAsync(load, cancel);
    }
    new ComparisonReport(arguments, comparison, cases, peers).Write(report);
}
