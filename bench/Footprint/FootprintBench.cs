using System.Diagnostics;
using System.Globalization;
using PyAirtable.Bench.Goals;

namespace PyAirtable.Bench.Footprint;

/// <summary>Size, start and memory of every executable beside those of others, all in one run.</summary>
internal static class FootprintBench
{
    /// <summary>So many starts of each; 1 if a goal is missed.</summary>
    public static async Task<int> RunAsync(int rounds)
    {
        var report = new BenchReport("footprint");
        var upstreamPort = RunningCandidate.FreePort();
        using var upstream = Process.Start("artifacts/peers/bin/upstream", upstreamPort.ToString(CultureInfo.InvariantCulture));
        var folder = Directory.CreateTempSubdirectory("footprint-").FullName;
        try
        {
            var starts = Start(rounds, upstreamPort, folder);
            var memory = new Dictionary<string, LoadedMemory>();
            foreach (var candidate in Candidate.All)
            {
                using var running = RunningCandidate.Start(candidate, upstreamPort, Data(folder, candidate));
                memory[candidate.Name] = await LoadedMemory.MeasureAsync(candidate, running);
            }

            Write(report, rounds, starts, memory);
        }
        finally
        {
            upstream.Kill();
            Directory.Delete(folder, recursive: true);
        }

        return report.Finish();
    }

    // The first start makes the database and is not counted; then the candidates take turns, so that noise falls on all alike.
    private static Dictionary<string, List<double>> Start(int rounds, int upstream, string folder)
    {
        var starts = Candidate.All.ToDictionary(static candidate => candidate.Name, static _ => new List<double>());
        for (var round = 0; round <= rounds; round++)
        {
            foreach (var candidate in Candidate.All)
            {
                using var running = RunningCandidate.Start(candidate, upstream, Data(folder, candidate));
                if (round > 0)
                {
                    starts[candidate.Name].Add(running.StartMilliseconds);
                }
            }
        }

        return starts;
    }

    private static void Write(BenchReport report, int rounds, Dictionary<string, List<double>> starts, Dictionary<string, LoadedMemory> memory)
    {
        report.Add(new Table(
            $"{rounds} starts each, in turns, from exec to the first 200; memory of all processes of a program in MB, idle, at most during and after {LoadedMemory.Description}",
            ["program", "bytes", "start median ms", "p95", "resident idle", "loaded", "after", "private idle", "loaded", "after", "loaded by requests/s"],
            [.. Candidate.All.Select(candidate => Row(candidate, starts[candidate.Name], memory[candidate.Name]))]));
        report.Add("bytes by assembly", "bench/run sizes");
        foreach (var candidate in Candidate.All.Where(static candidate => candidate.MaxStart > 0))
        {
            report.AtMost($"start of the {candidate.Name} to its first 200, median of {rounds}", Quantile.Median(starts[candidate.Name]), "ms", candidate.MaxStart);
        }

        foreach (var candidate in Candidate.All.Where(static candidate => candidate.MaxResident > 0))
        {
            report.AtMost($"resident memory of the {candidate.Name}, idle", memory[candidate.Name].Idle.Resident, "MB", candidate.MaxResident);
        }
    }

    private static string[] Row(Candidate candidate, List<double> starts, LoadedMemory memory) =>
    [
        candidate.Name, new FileInfo(candidate.Executable).Length.ToString("N0", CultureInfo.InvariantCulture),
        Quantity.Format(Quantile.Median(starts)), Quantity.Format(Quantile.At(starts, 0.95)),
        .. ((Memory[])[memory.Idle, memory.Loaded, memory.After]).Select(static at => Quantity.Format(at.Resident)),
        .. ((Memory[])[memory.Idle, memory.Loaded, memory.After]).Select(static at => Quantity.Format(at.Private)),
        Quantity.Format(memory.PerSecond),
    ];

    private static string Data(string folder, Candidate candidate) => Directory.CreateDirectory(Path.Combine(folder, candidate.Name.Replace(' ', '-'))).FullName;
}
