using System.Net.WebSockets;
using System.Text;
using PyAirtable.Bench.Goals;

namespace PyAirtable.Bench.Peers;

/// <summary>Many idle WebSockets at the gateway: what each costs it in memory. The kernel's memory of a socket is no part of that.</summary>
internal static class ManySockets
{
    private const int PerSession = 4;
    private const int OpenedAtOnce = 64;
    private const int WarmUp = 200;
    private const int Asked = 200;
    private const double LimitKilobytes = 10;
    private static readonly byte[] Auth = Encoding.UTF8.GetBytes($$"""{"type":"auth","api_key":"{{Rig.Key}}"}""");
    private static readonly byte[] Ping = """{"type":"ping"}"""u8.ToArray();

    /// <summary>Measures and reports.</summary>
    public static async Task RunAsync(BenchReport report, Arguments arguments, Rig rig, CancellationToken cancel)
    {
        var count = arguments.Count > 0 ? arguments.Count : 10_000;
        var server = rig.Start(Peer.AllPolicies);
        using var client = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false });

        // Code and pools that the first sockets bring in are not counted to the later ones.
        await CloseAsync(await OpenAsync("warm", WarmUp));
        await Task.Delay(TimeSpan.FromSeconds(1), cancel);
        var before = server.ResidentMegabytes;
        Console.Error.WriteLine($"before: {before:0.0} MB; opening {count}");

        var clients = await OpenAsync("s", count);
        var opened = server.ResidentMegabytes;
        Console.Error.WriteLine($"{clients.Count} open: {opened:0.0} MB; holding them for {arguments.Seconds} s");
        await Task.Delay(TimeSpan.FromSeconds(arguments.Seconds), cancel);
        var held = server.ResidentMegabytes;
        var alive = clients.Count(one => one.IsOpen);
        var answered = 0;
        foreach (var one in clients.Where((_, index) => index % Math.Max(1, count / Asked) == 0))
        {
            answered += await one.AskAsync(Ping, cancel) ? 1 : 0;
        }
        var asked = (count + Math.Max(1, count / Asked) - 1) / Math.Max(1, count / Asked);
        await CloseAsync(clients);

        var each = (Math.Max(opened, held) - before) * 1024 / count;
        report.AtMost($"resident memory of each of {count:N0} idle WebSockets", each, "KiB", LimitKilobytes);
        report.None($"WebSockets of {count:N0} that did not stay open", count - alive);
        report.None($"pings of {asked} that were not answered", asked - answered);
        report.Add("resident memory before them", before, "MB");
        report.Add("resident memory with them open", opened, "MB");
        report.Add($"resident memory after {arguments.Seconds} s", held, "MB");
        report.Add("resident memory, highest", server.PeakMegabytes, "MB");

        async Task<List<IdleSocket>> OpenAsync(string prefix, int number)
        {
            var sockets = new IdleSocket[number];
            var options = new ParallelOptions { MaxDegreeOfParallelism = OpenedAtOnce, CancellationToken = cancel };
            await Parallel.ForAsync(0, number, options, async (index, token) =>
            {
                // A session takes five at most.
                var address = new Uri($"ws://127.0.0.1:{server.Port}/ws?session_id={prefix}{index / PerSession}");
                sockets[index] = await IdleSocket.OpenAsync(address, client, Auth, token);
            });
            return [.. sockets];
        }

        async Task CloseAsync(List<IdleSocket> sockets)
        {
            foreach (var socket in sockets)
            {
                await socket.DisposeAsync();
            }
            // The gateway notices that they are gone.
            await Task.Delay(TimeSpan.FromMilliseconds(500), cancel);
        }
    }
}
