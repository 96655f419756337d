using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PyAirtable.Bench.Footprint;

/// <summary>One start of a candidate: from exec to its first 200, and its memory then.</summary>
/// <param name="StartMilliseconds">Time from exec to the end of the first 200 answer.</param>
/// <param name="ResidentMegabytes">Resident memory right after it.</param>
/// <param name="PrivateMegabytes">Of that, memory that is not of a file (<c>RssAnon</c>).</param>
internal sealed record Run(double StartMilliseconds, double ResidentMegabytes, double PrivateMegabytes)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>Starts the candidate, asks until it answers 200, and stops it.</summary>
    /// <exception cref="InvalidOperationException">It ended, or did not answer within 20 seconds.</exception>
    public static Run Measure(Candidate candidate, string data)
    {
        var port = FreePort();
        string Fill(string text) => text.Replace("{port}", port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal).Replace("{data}", data, StringComparison.Ordinal);
        var start = new ProcessStartInfo(candidate.Executable, Fill(candidate.Arguments))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = data,
        };
        foreach (var (name, value) in candidate.Environment)
        {
            start.Environment[name] = Fill(value);
        }
        var request = Encoding.ASCII.GetBytes($"GET {candidate.Path} HTTP/1.1\r\nHost: localhost\r\n\r\n");
        var began = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        try
        {
            while (!Answers(port, request))
            {
                if (process.HasExited || Stopwatch.GetElapsedTime(began) > Limit)
                {
                    throw new InvalidOperationException($"{candidate.Name} did not answer: {process.StandardError.ReadToEnd()}");
                }
            }
            var elapsed = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            var status = File.ReadAllLines($"/proc/{process.Id}/status");
            return new Run(elapsed, Megabytes(status, "VmRSS:"), Megabytes(status, "RssAnon:"));
        }
        finally
        {
            process.Kill();
            process.WaitForExit();
        }
    }

    private static bool Answers(int port, byte[] request)
    {
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Connect(IPAddress.Loopback, port);
            socket.Send(request);
            Span<byte> answer = stackalloc byte[32];
            return socket.Receive(answer) > 12 && answer.StartsWith("HTTP/1.1 200"u8);
        }
        catch (SocketException)
        {
            // Not listening yet; a loopback refusal comes at once, so this is a poll of some tens of microseconds.
            return false;
        }
    }

    private static double Megabytes(string[] status, string field) =>
        long.Parse(status.First(line => line.StartsWith(field, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1024.0;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
