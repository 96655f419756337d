using System.Diagnostics;
using System.Globalization;

namespace PyAirtable.Bench.Footprint;

/// <summary>Memory of a candidate through a load of wrk.</summary>
/// <param name="Idle">Some time after its first answer, before the load.</param>
/// <param name="Loaded">The most under the load.</param>
/// <param name="After">Some time after it.</param>
/// <param name="PerSecond">Answers a second.</param>
internal sealed record LoadedMemory(Memory Idle, Memory Loaded, Memory After, double PerSecond)
{
    private const int Connections = 64;
    private const int Seconds = 5;

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(200);

    /// <summary>The load, for the table's title.</summary>
    public static string Description => $"{Seconds} s of wrk with {Connections} connections";

    /// <summary>Measures a candidate that was started.</summary>
    /// <exception cref="InvalidOperationException">Answers were not 200.</exception>
    public static async Task<LoadedMemory> MeasureAsync(Candidate candidate, RunningCandidate running)
    {
        await Task.Delay(Rest);
        var idle = running.Memory;
        string[] arguments = ["-t1", $"-c{Connections}", $"-d{Seconds}s", "-H", "X-API-Key: " + Candidate.Key, $"http://127.0.0.1:{running.Port}{candidate.LoadPath}"];
        using var wrk = Process.Start(new ProcessStartInfo("wrk", arguments) { RedirectStandardOutput = true })!;
        var report = wrk.StandardOutput.ReadToEndAsync();
        var loaded = idle;
        while (!report.IsCompleted)
        {
            loaded = loaded.Max(running.Memory);
            await Task.WhenAny(report, Task.Delay(Every));
        }

        var lines = (await report).Split('\n');
        if (lines.FirstOrDefault(static line => line.Contains("Non-2xx", StringComparison.Ordinal) || line.Contains("Socket errors", StringComparison.Ordinal)) is { } fault)
        {
            throw new InvalidOperationException($"{candidate.Name}: {fault.Trim()}");
        }

        await Task.Delay(Rest);
        return new(idle, loaded, running.Memory, double.Parse(lines.First(static line => line.StartsWith("Requests/sec:", StringComparison.Ordinal)).Split(':')[1], CultureInfo.InvariantCulture));
    }
}
