using System.Globalization;

namespace PyAirtable.Bench.Peers;

/// <summary>Runs the peers of one case in turns, so that what else happens on the machine falls on all alike.</summary>
internal sealed class Comparison(Rig rig, Arguments arguments, IReadOnlyList<Peer> peers)
{
    private const int WarmUpSeconds = 1;

    /// <summary>All runs so far.</summary>
    public List<Sample> Samples { get; } = [];

    /// <summary>Answers a second of the upstream alone, load generator beside it, by case.</summary>
    public Dictionary<string, double> UpstreamAlone { get; } = [];

    /// <summary>Starts the peers anew, checks their policy, and measures them in every round, each round beginning with another one.</summary>
    public async Task RunAsync(Case load, CancellationToken cancel)
    {
        var taking = peers.Where(peer => peer.Takes(load)).ToList();
        using var client = new HttpClient { BaseAddress = new($"http://127.0.0.1:{rig.Upstream.Port}/") };
        var alone = await Load.RunAsync(rig, rig.Upstream.Port, Peer.PlainRoute, load, arguments.Seconds, 0, cancel);
        UpstreamAlone[load.Name] = alone.Requests / alone.Seconds;
        Say($"{load.Name}: upstream alone {UpstreamAlone[load.Name]:0}/s");
        try
        {
            var servers = new Dictionary<Peer, ServerProcess>();
            foreach (var peer in taking)
            {
                servers[peer] = rig.Start(peer);
                await PolicyCheck.RunAsync(peer, servers[peer], cancel);
            }
            for (var round = 1; round <= arguments.Rounds; round++)
            {
                for (var turn = 0; turn < taking.Count; turn++)
                {
                    var peer = taking[(round + turn - 1) % taking.Count];
                    Samples.Add(await MeasureAsync(peer, servers[peer], load, round, client, cancel));
                }
            }
        }
        finally
        {
            rig.StopPeers();
        }
    }

    private async Task<Sample> MeasureAsync(Peer peer, ServerProcess server, Case load, int round, HttpClient upstream, CancellationToken cancel)
    {
        await Load.RunAsync(rig, server.Port, peer.Route, load, WarmUpSeconds, 0, cancel);
        var (cpu, opened) = (server.CpuMicroseconds, await OpenedAsync());
        var run = await Load.RunAsync(rig, server.Port, peer.Route, load, arguments.Seconds, 0, cancel);
        var sample = new Sample(peer.Name, load, round, run, server.CpuMicroseconds - cpu, server.ResidentMegabytes, await OpenedAsync() - opened);
        Say($"{load.Name} round {round}: {peer.Name,-24} {sample.RequestsPerSecond,7:0}/s {sample.CpuPerRequest,6:0.0} µs {(sample.IsValid ? "" : $"INVALID: {run.Errors} errors ({run.Faults}), {sample.Opened} connections opened")}");
        return sample;

        async Task<long> OpenedAsync() => long.Parse(await upstream.GetStringAsync("connections", cancel), CultureInfo.InvariantCulture);
    }

    private static void Say(FormattableString text) => Console.Error.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
