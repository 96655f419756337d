using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using PyAirtable.Bench.Goals;

namespace PyAirtable.Bench.Peers;

/// <summary>Many reloads of the gateway's settings by SIGHUP, under load and with open WebSockets: nothing may be dropped. Each brings a
/// new key, by which it is seen to be in force, a new rate limit and new limits of the upstreams, so that all connections to those
/// are given up.</summary>
internal static class ManyReloads
{
    private const int Sockets = 100;
    private const int PerSession = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly byte[] Auth = Encoding.UTF8.GetBytes($$"""{"type":"auth","api_key":"{{Rig.Key}}"}""");
    private static readonly byte[] Ping = """{"type":"ping"}"""u8.ToArray();

    /// <summary>Measures and reports.</summary>
    public static async Task RunAsync(BenchReport report, Arguments arguments, Rig rig, CancellationToken cancel)
    {
        var count = arguments.Count > 0 ? arguments.Count : 1000;
        var server = rig.Start(Peer.AllPolicies);
        using var client = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false });
        var sockets = new List<IdleSocket>();
        for (var i = 0; i < Sockets; i++)
        {
            sockets.Add(await IdleSocket.OpenAsync(new Uri($"ws://127.0.0.1:{server.Port}/ws?session_id=s{i / PerSession}"), client, Auth, cancel));
        }
        var before = server.ResidentMegabytes;

        var over = false;
        var loading = LoadAsync();
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            await ReloadAsync(i);
        }
        var elapsed = Stopwatch.GetElapsedTime(began).TotalSeconds;
        over = true;
        var (requests, errors, faults) = await loading;

        var answered = 0;
        foreach (var socket in sockets)
        {
            answered += socket.IsOpen && await socket.AskAsync(Ping, cancel) ? 1 : 0;
            await socket.DisposeAsync();
        }
        report.None($"errors over {count:N0} reloads under load", errors);
        report.None($"WebSockets of {Sockets} dropped over {count:N0} reloads", Sockets - answered);
        report.AtLeast("requests answered meanwhile", requests, "", count);
        report.Add("time that the reloads took", elapsed, "s");
        report.Add("resident memory before and after", string.Create(CultureInfo.InvariantCulture, $"{before:0.0}, {server.ResidentMegabytes:0.0} MB"));
        if (faults.Length > 0)
        {
            report.Add("which errors", faults);
        }

        async Task<(long Requests, long Errors, string Faults)> LoadAsync()
        {
            var (all, failed, kinds) = (0L, 0L, "");
            while (!over)
            {
                var seen = await Load.RunAsync(rig, server.Port, Peer.PlainRoute, new Case(64, 250, "GET"), arguments.Seconds, 0, cancel);
                (all, failed, kinds) = (all + seen.Requests, failed + seen.Errors, kinds.Length > 0 ? kinds : seen.Faults);
            }
            return (all, failed, kinds);
        }

        async Task ReloadAsync(int number)
        {
            var key = $"a-key-of-reload-{number}";
            var file = Path.Combine(rig.Folder, ".env");
            await File.WriteAllTextAsync(file + ".new", $"API_KEYS={key}\nRATE_LIMIT_BURST={50_000_000 + number}\nUPSTREAM_MAX_WAITING={1000 + (number % 100)}\n", cancel);
            File.Move(file + ".new", file, overwrite: true);
            using (var kill = Process.Start("kill", ["-HUP", server.Id.ToString(CultureInfo.InvariantCulture)]))
            {
                await kill.WaitForExitAsync(cancel);
            }
            for (var sent = Stopwatch.GetTimestamp(); ;)
            {
                using var question = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{server.Port}/api/platform/250");
                question.Headers.Add("X-API-Key", key);
                using var answer = await client.SendAsync(question, cancel);
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    return;
                }
                if (Stopwatch.GetElapsedTime(sent) > Patience)
                {
                    throw new InvalidOperationException($"reload {number} is not in force after {Patience.TotalSeconds:0} s: {(int)answer.StatusCode}");
                }
            }
        }
    }
}
