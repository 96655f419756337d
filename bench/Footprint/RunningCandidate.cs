using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PyAirtable.Bench.Footprint;

/// <summary>A candidate that was started and has answered.</summary>
internal sealed class RunningCandidate : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly Process _process;

    private RunningCandidate(Process process, int port, double milliseconds) => (_process, Port, StartMilliseconds) = (process, port, milliseconds);

    /// <summary>Where it listens on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>Time from exec to its first 200 answer.</summary>
    public double StartMilliseconds { get; }

    /// <summary>Its memory now.</summary>
    public Memory Memory => Memory.Of(_process.Id);

    /// <summary>Starts it and asks until it answers 200.</summary>
    /// <param name="candidate">What to start.</param>
    /// <param name="upstream">Port of the upstream behind the proxies.</param>
    /// <param name="data">Its own folder.</param>
    /// <exception cref="InvalidOperationException">It ended, or did not answer within 20 seconds.</exception>
    public static RunningCandidate Start(Candidate candidate, int upstream, string data)
    {
        var port = FreePort();
        string Fill(string text) => text
            .Replace("{port}", Text(port), StringComparison.Ordinal).Replace("{upstream}", Text(upstream), StringComparison.Ordinal)
            .Replace("{key}", Candidate.Key, StringComparison.Ordinal).Replace("{data}", data, StringComparison.Ordinal).Replace("{folder}", data, StringComparison.Ordinal);
        if (candidate.Configuration.Length > 0)
        {
            File.WriteAllText(Path.Combine(data, Path.GetFileName(candidate.Configuration)), Fill(File.ReadAllText(candidate.Configuration)));
        }

        var start = new ProcessStartInfo(candidate.Executable, Fill(candidate.Arguments)) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = data };
        foreach (var (name, value) in candidate.Environment)
        {
            start.Environment[name] = Fill(value);
        }

        var request = Encoding.ASCII.GetBytes($"GET {candidate.Path} HTTP/1.1\r\nHost: localhost\r\nX-API-Key: {Candidate.Key}\r\n\r\n");
        var errors = new StringBuilder();
        var began = Stopwatch.GetTimestamp();
        var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += (_, line) => errors.AppendLine(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        while (!Answers(port, request))
        {
            if (process.HasExited || Stopwatch.GetElapsedTime(began) > Limit)
            {
                End(process);
                throw new InvalidOperationException($"{candidate.Name} did not answer: {errors}");
            }
        }

        return new(process, port, Stopwatch.GetElapsedTime(began).TotalMilliseconds);
    }

    /// <summary>A port that was free a moment ago.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Ends it and the processes below it.</summary>
    public void Dispose() => End(_process);

    private static void End(Process process)
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
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

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
