using System.Diagnostics;
using System.Runtime.InteropServices;
using PyAirtable.Bench.Goals;

namespace PyAirtable.Bench.Pdf;

/// <summary>Runs both on each file, turn by turn; the medians of CPU time count.</summary>
internal static partial class Comparison
{
    private const int Children = -1;
    private const int UsageNumbers = 18;

    /// <summary>1 if a file takes us longer.</summary>
    public static int Run(IReadOnlyList<string> files, int rounds)
    {
        var report = new BenchReport("pdf");
        foreach (var file in files)
        {
            var (ours, theirs) = (new List<double>(), new List<double>());
            for (var i = 0; i < rounds; i++)
            {
                ours.Add(Measure(Environment.ProcessPath!, "read", file));
                theirs.Add(Measure("pdftotext", file, "-"));
            }
            report.AtMost($"CPU of the text of {Path.GetFileName(file)}", Quantile.Median(ours), "ms", Quantile.Median(theirs), "pdftotext");
        }
        return report.Finish();
    }

    // Milliseconds of user and system time.
    private static double Measure(string program, params ReadOnlySpan<string> arguments)
    {
        var start = new ProcessStartInfo(program, [.. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        var before = ChildrenTime();
        using var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        process.StandardOutput.BaseStream.CopyTo(Stream.Null);
        process.WaitForExit();
        return process.ExitCode == 0 ? ChildrenTime() - before : throw new InvalidOperationException($"{program} failed");
    }

    private static double ChildrenTime()
    {
        Span<long> usage = stackalloc long[UsageNumbers];
        _ = GetUsage(Children, ref MemoryMarshal.GetReference(usage));
        // Seconds and microseconds of user time, then of system time.
        return ((usage[0] + usage[2]) * 1e3) + ((usage[1] + usage[3]) / 1e3);
    }

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int GetUsage(int who, ref long usage);
}
