using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PyAirtable.Bench.Automation;

/// <summary>Triggers workflows over kept-alive connections.</summary>
internal static class TriggerLoad
{
    /// <summary>The number of acknowledged triggers.</summary>
    /// <param name="port">Where the service listens.</param>
    /// <param name="workflows">Workflows to trigger by turns, from 1.</param>
    /// <param name="clients">Connections.</param>
    /// <param name="rate">Triggers a second by a timetable; 0 for as many as go.</param>
    /// <param name="seconds">How long.</param>
    public static async Task<long> RunAsync(int port, int workflows, int clients, int rate, int seconds)
    {
        var requests = Enumerable.Range(1, workflows).Select(static workflow => Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"POST /workflows/{workflow}/trigger HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{{}}"))).ToArray();
        var began = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(Enumerable.Range(0, clients).Select(number => Task.Run(async () =>
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(IPAddress.Loopback, port);
            var answer = new byte[8192];
            var stored = 0L;
            for (var turn = 0L; Stopwatch.GetElapsedTime(began).TotalSeconds < seconds; turn++)
            {
                if (rate > 0)
                {
                    var due = TimeSpan.FromSeconds(((turn * clients) + number) / (double)rate);
                    if (due.TotalSeconds >= seconds)
                    {
                        break;
                    }
                    if (due - Stopwatch.GetElapsedTime(began) is { TotalMilliseconds: >= 1 } early)
                    {
                        await Task.Delay(early);
                    }
                }
                await socket.SendAsync(requests[((turn * clients) + number) % workflows]);
                var filled = 0;
                while (filled < 4 || !answer.AsSpan(0, filled).EndsWith("}}"u8))
                {
                    var read = await socket.ReceiveAsync(answer.AsMemory(filled));
                    filled += read > 0 ? read : throw new IOException("the service closed the connection");
                }
                stored += answer.AsSpan().StartsWith("HTTP/1.1 200"u8) ? 1 : throw new IOException(Encoding.UTF8.GetString(answer, 0, filled));
            }
            return stored;
        })));
        return counts.Sum();
    }
}
