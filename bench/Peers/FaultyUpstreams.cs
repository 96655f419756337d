using System.Diagnostics;
using System.Net.Sockets;
using PyAirtable.Bench.Goals;

namespace PyAirtable.Bench.Peers;

/// <summary>One upstream of the gateway fails while clients ask for it all the time: what requests to another one take meanwhile, beside
/// what they take while the same clients ask for one that works.</summary>
internal static class FaultyUpstreams
{
    private const int Clients = 64;
    private const int PauseMilliseconds = 10;
    private const int Rounds = 3;
    private const double MostTimes = 2;

    private static readonly byte[] Request = System.Text.Encoding.ASCII.GetBytes($"GET /api/llm/250 HTTP/1.1\r\nHost: gateway\r\nX-API-Key: {Rig.Key}\r\nConnection: close\r\n\r\n");

    /// <summary>Measures and reports.</summary>
    public static async Task RunAsync(BenchReport report, Arguments arguments, Rig rig, CancellationToken cancel)
    {
        // This process is the clients and the upstream that fails: it keeps off the gateway's core.
        Process.GetCurrentProcess().ProcessorAffinity = 1 << rig.LoadCore;
        foreach (var (name, start) in FaultyUpstream.Kinds)
        {
            using var faulty = start();
            var (sound, broken) = (rig.Start(Peer.Gateway), rig.Start(Peer.Gateway.With("LLM_ORCHESTRATOR_URL", $"http://127.0.0.1:{faulty.Port}")));
            try
            {
                var (working, failing, errors, asked) = (new List<double>(), new List<double>(), 0L, 0L);
                for (var round = 0; round < Rounds; round++)
                {
                    var (with, _) = await BesideAsync(arguments, rig, sound, cancel);
                    var (without, times) = await BesideAsync(arguments, rig, broken, cancel);
                    working.Add(with.P99Milliseconds);
                    failing.Add(without.P99Milliseconds);
                    (errors, asked) = (errors + with.Errors + without.Errors, asked + times);
                }
                report.AtMost($"p99 of another upstream while one {name}", Quantile.Median(failing), "ms", Quantile.Median(working), "while it works", MostTimes);
                report.None($"errors of the other while one {name}", errors);
                report.Add($"requests meanwhile to the one that {name}", asked, "");
            }
            finally
            {
                rig.StopPeers();
            }
        }
    }

    private static async Task<(Load Other, long Asked)> BesideAsync(Arguments arguments, Rig rig, ServerProcess server, CancellationToken cancel)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var asking = Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => AskAsync(server.Port, over.Token)));
        var other = await Load.RunAsync(rig, server.Port, Peer.PlainRoute, new Case(Clients, 250, "GET"), arguments.Seconds, PauseMilliseconds, cancel);
        await over.CancelAsync();
        return (other, (await asking).Sum());
    }

    private static async Task<long> AskAsync(int port, CancellationToken over)
    {
        var (asked, buffer) = (0L, new byte[16 * 1024]);
        while (!over.IsCancellationRequested)
        {
            try
            {
                using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync("127.0.0.1", port, over);
                await socket.SendAsync(Request, over);
                asked++;
                while (await socket.ReceiveAsync(buffer, over) > 0)
                {
                    // To the end of the answer.
                }
                await Task.Delay(PauseMilliseconds, over);
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                // The answer was cut off, as it may be, or the round is over.
            }
        }
        return asked;
    }
}
