using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using PyAirtable.Bench.Goals;

namespace PyAirtable.Bench.Peers;

/// <summary>Many client connections at the gateway with all policies on: idle, with a request now and then, and all busy at once.</summary>
internal static class ManyConnections
{
    private const int LimitMegabytes = 64;
    private const int PauseMilliseconds = 1000;
    private static readonly TimeSpan SampleEvery = TimeSpan.FromMilliseconds(200);

    /// <summary>Measures and reports.</summary>
    public static async Task RunAsync(BenchReport report, Arguments arguments, Rig rig, CancellationToken cancel)
    {
        var count = arguments.Count > 0 ? arguments.Count : 5000;
        var load = new Case(count, 250, "GET");
        await StateAsync("idle", server => HoldAsync(server, count, arguments.Seconds, cancel));
        await StateAsync("a request a second each", server => Load.RunAsync(rig, server.Port, Peer.PlainRoute, load, arguments.Seconds + 5, PauseMilliseconds, cancel));
        await StateAsync("all busy", server => Load.RunAsync(rig, server.Port, Peer.PlainRoute, load, arguments.Seconds + 5, 0, cancel));

        async Task StateAsync(string state, Func<ServerProcess, Task<Load>> work)
        {
            var server = rig.Start(Peer.AllPolicies);
            try
            {
                var running = work(server);
                var resident = 0.0;
                while (!running.IsCompleted)
                {
                    resident = Math.Max(resident, server.ResidentMegabytes);
                    await Task.WhenAny(running, Task.Delay(SampleEvery, cancel));
                }
                var seen = await running;
                report.None($"errors with {count:N0} connections, {state}", seen.Errors);
                report.AtMost($"resident memory with {count:N0} connections, {state}, highest", seen.Requests > 0 ? resident : double.NaN, "MB", LimitMegabytes);
                report.Add($"requests a second with {count:N0} connections, {state}", seen.Requests / seen.Seconds, "/s");
                if (seen.Faults.Length > 0)
                {
                    report.Add($"which errors, {state}", seen.Faults);
                }
            }
            finally
            {
                rig.StopPeers();
            }
        }
    }

    // Each connection asks once when it is opened and once more at the end, and must still be there then.
    private static async Task<Load> HoldAsync(ServerProcess server, int count, int seconds, CancellationToken cancel)
    {
        var sockets = new List<Socket>(count);
        long errors = 0, answers = 0;
        var began = Stopwatch.GetTimestamp();
        try
        {
            for (var i = 0; i < count; i++)
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = 10_000 };
                sockets.Add(socket);
                await socket.ConnectAsync(IPAddress.Loopback, server.Port, cancel);
                await AskAsync(socket);
            }
            await Task.Delay(TimeSpan.FromSeconds(seconds), cancel);
            foreach (var socket in sockets)
            {
                await AskAsync(socket);
            }
        }
        finally
        {
            sockets.ForEach(socket => socket.Dispose());
        }
        return new Load(answers, Stopwatch.GetElapsedTime(began).TotalSeconds, 0, 0, errors, errors == 0 ? "" : "no 200");

        async Task AskAsync(Socket socket)
        {
            var answer = new byte[4096];
            try
            {
                await socket.SendAsync(Encoding.ASCII.GetBytes($"GET /api/platform/250 HTTP/1.1\r\nHost: localhost\r\nX-API-Key: {Rig.Key}\r\n\r\n"), cancel);
                var got = await socket.ReceiveAsync(answer, cancel);
                var good = answer.AsSpan(0, got).StartsWith("HTTP/1.1 200 "u8);
                (answers, errors) = good ? (answers + 1, errors) : (answers, errors + 1);
            }
            catch (SocketException)
            {
                errors++;
            }
        }
    }
}
