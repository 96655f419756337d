using System.Diagnostics;
using System.Net;
using System.Runtime.InteropServices;
using System.Text;

namespace PyAirtable.Testing;

/// <summary>A running executable: its output, its signals, its end. Killed when disposed.</summary>
public sealed partial class ExecutableProcess : IAsyncDisposable
{
    /// <summary>Signal that asks for the settings to be read again.</summary>
    public const int Sighup = 1;

    /// <summary>Signal that asks for a graceful stop.</summary>
    public const int Sigterm = 15;

    /// <summary>Signal that nothing can catch.</summary>
    public const int Sigkill = 9;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();
    private readonly Task _reading;

    private ExecutableProcess(Process process)
    {
        _process = process;
        _reading = Task.WhenAll(ReadAsync(process.StandardOutput, _output), ReadAsync(process.StandardError, _errors));
    }

    /// <summary>Process id.</summary>
    public int Id => _process.Id;

    /// <summary>Standard output so far.</summary>
    public string Output => Snapshot(_output);

    /// <summary>Standard error so far.</summary>
    public string Errors => Snapshot(_errors);

    /// <summary>Resident memory now, in bytes.</summary>
    public long ResidentBytes => 1024 * long.Parse(
        File.ReadLines($"/proc/{Id}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2],
        System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Starts an executable with exactly the given settings beside <c>PATH</c> and <c>HOME</c>.</summary>
    public static ExecutableProcess Start(string executable, string workingDirectory, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(executable, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = workingDirectory };
        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/bin:/bin";
        start.Environment["HOME"] = workingDirectory;
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }
        return new ExecutableProcess(Process.Start(start)!);
    }

    /// <summary>Runs an executable to its end: exit code, standard output, standard error.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string executable, string workingDirectory, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        await using var process = Start(executable, workingDirectory, environment, arguments);
        var code = await process.WaitForExitAsync();
        return (code, process.Output, process.Errors);
    }

    /// <summary>Waits until the address answers 200.</summary>
    /// <exception cref="InvalidOperationException">The process ended first, or did not answer in time; the message holds its output.</exception>
    public async Task WaitUntilAnswersAsync(Uri address)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < Limit; await Task.Delay(10))
        {
            if (_process.HasExited)
            {
                break;
            }
            try
            {
                using var answer = await client.GetAsync(address);
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
        }
        throw new InvalidOperationException($"{address} did not answer. Output:\n{Output}\nErrors:\n{Errors}");
    }

    /// <summary>Sends a signal.</summary>
    public void Signal(int signal) => _ = Kill(Id, signal);

    /// <summary>Waits for the end and gives the exit code; fails after thirty seconds.</summary>
    public async Task<int> WaitForExitAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        await _process.WaitForExitAsync(limit.Token);
        await _reading;
        return _process.ExitCode;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            Signal(Sigkill);
        }
        await WaitForExitAsync();
        _process.Dispose();
    }

    private static string Snapshot(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }

    private static async Task ReadAsync(StreamReader reader, StringBuilder text)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (text)
            {
                text.Append(line).Append('\n');
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
