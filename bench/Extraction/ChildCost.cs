using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace PyAirtable.Bench.Extraction;

/// <summary>Runs a program to its end and says what it took.</summary>
internal static partial class ChildCost
{
    private const int Children = -1;

    /// <summary>User and system time of the whole process, in milliseconds: its start too.</summary>
    public static double Whole(string program, params string[] arguments) => Measure(program, arguments).Whole;

    /// <summary>The same, and the milliseconds that the program itself says its work took.</summary>
    public static (double Whole, double Work) WholeAndWork(string program, params string[] arguments)
    {
        var (whole, output) = Measure(program, arguments);
        return (whole, double.Parse(output, CultureInfo.InvariantCulture));
    }

    /// <summary>Time from before its start to after its end, in milliseconds.</summary>
    public static double Elapsed(string program, params string[] arguments)
    {
        var began = Stopwatch.GetTimestamp();
        Run(program, arguments);
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    private static (double Whole, string Output) Measure(string program, string[] arguments)
    {
        var before = Milliseconds();
        var output = Run(program, arguments);
        return (Milliseconds() - before, output);
    }

    private static string Run(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
        // As the service starts its child.
        start.Environment["DOTNET_GCHeapHardLimit"] = "20000000";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} ended with {process.ExitCode}");
    }

    private static double Milliseconds()
    {
        _ = GetUsage(Children, out var usage);
        return ((usage.UserSeconds + usage.SystemSeconds) * 1000.0) + ((usage.UserMicroseconds + usage.SystemMicroseconds) / 1000.0);
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Usage
    {
        public long UserSeconds;
        public long UserMicroseconds;
        public long SystemSeconds;
        public long SystemMicroseconds;
        public Rest Others;
    }

    // What is not asked for: fourteen counts.
    [System.Runtime.CompilerServices.InlineArray(14)]
    private struct Rest
    {
        private long _first;
    }

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int GetUsage(int who, out Usage usage);
}
