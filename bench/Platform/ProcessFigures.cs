using System.Globalization;

namespace PyAirtable.Bench.Platform;

/// <summary>What /proc says of a process and those below it.</summary>
internal static class ProcessFigures
{
    private const double MicrosecondsPerTick = 10_000; // USER_HZ is 100 on Linux, whatever the kernel's own tick.

    /// <summary>User and system time so far, in microseconds.</summary>
    public static double CpuMicroseconds(int process) =>
        Tree(process).Sum(id => Stat(id).Skip(11).Take(2).Sum(ticks => double.Parse(ticks, CultureInfo.InvariantCulture))) * MicrosecondsPerTick;

    /// <summary>Resident memory now, in MB of 2^20 bytes.</summary>
    public static double ResidentMegabytes(int process) => Kilobytes(process, "VmRSS:") / 1024;

    /// <summary>Highest resident memory so far, in MB of 2^20 bytes.</summary>
    public static double PeakMegabytes(int process) => Kilobytes(process, "VmHWM:") / 1024;

    /// <summary>The parent of a process.</summary>
    public static int Parent(int process) => int.Parse(Stat(process)[1], CultureInfo.InvariantCulture);

    private static IEnumerable<int> Tree(int process) =>
        File.ReadAllText($"/proc/{process}/task/{process}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(child => Tree(int.Parse(child, CultureInfo.InvariantCulture))).Prepend(process);

    // The fields after the command, which may have spaces in it and is in parentheses: field 3 of proc_pid_stat(5) is the first here.
    private static string[] Stat(int process)
    {
        var text = File.ReadAllText($"/proc/{process}/stat");
        return text[(text.LastIndexOf(')') + 2)..].Split(' ');
    }

    private static double Kilobytes(int process, string field) => double.Parse(
        File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith(field, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2],
        CultureInfo.InvariantCulture);
}
