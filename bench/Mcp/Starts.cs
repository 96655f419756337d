using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using PyAirtable.Bench.Goals;
using PyAirtable.Bench.Peers;

namespace PyAirtable.Bench.Mcp;

/// <summary>Start of each server to its first 200, and its memory then, by turns.</summary>
internal static class Starts
{
    private const double StartGoal = 100;
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);
    private static readonly byte[] Request = Encoding.ASCII.GetBytes($"GET {Rig.HealthPath} HTTP/1.1\r\nHost: localhost\r\n\r\n");

    /// <summary>Measures and reports.</summary>
    public static async Task RunAsync(BenchReport report, Rig rig, int rounds)
    {
        List<(double Milliseconds, double Megabytes)> native = [], python = [];
        for (var round = 0; round < rounds; round++)
        {
            native.Add(await StartAsync(rig.StartNative));
            python.Add(await StartAsync(rig.StartPython));
        }

        static double Median(List<(double Milliseconds, double Megabytes)> starts, Func<(double Milliseconds, double Megabytes), double> figure) => Quantile.Median(starts.Select(figure));
        report.AtMost($"start to the first 200, median of {rounds}", Median(native, static start => start.Milliseconds), "ms", StartGoal);
        report.Below("resident memory, idle", Median(native, static start => start.Megabytes), "MB", Median(python, static start => start.Megabytes), "Python");
        report.Add("start of Python to the first 200", Median(python, static start => start.Milliseconds), "ms");
    }

    private static async Task<(double Milliseconds, double Megabytes)> StartAsync(Func<ServerProcess> start)
    {
        var began = Stopwatch.GetTimestamp();
        using var server = start();
        while (!Answers(server.Port))
        {
            // A loopback refusal comes at once, so this is a poll of some tens of microseconds.
        }

        var milliseconds = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        await Task.Delay(Rest);
        return (milliseconds, server.ResidentMegabytes);
    }

    private static bool Answers(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(IPAddress.Loopback, port);
        socket.Send(Request);
        Span<byte> answer = stackalloc byte[32];
        return socket.Receive(answer) > 12 && answer.StartsWith("HTTP/1.1 200"u8);
    }
}
