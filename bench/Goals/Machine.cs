using System.Globalization;
using System.Runtime.InteropServices;

namespace PyAirtable.Bench.Goals;

/// <summary>What a bench ran on.</summary>
/// <param name="Processor">Its model, or its architecture where the kernel names no model.</param>
/// <param name="Cores">Cores that this process may use.</param>
/// <param name="MemoryMegabytes">Memory in all, in MB of 2^20 bytes.</param>
/// <param name="Kernel">Release of the kernel.</param>
/// <param name="Load">Load average of the minute before the bench began: other work falls on its figures.</param>
public sealed record Machine(string Processor, int Cores, long MemoryMegabytes, string Kernel, double Load)
{
    /// <summary>This machine, now.</summary>
    public static Machine Read() => new(
        Field("/proc/cpuinfo", "model name")?[1..].Trim() ?? RuntimeInformation.OSArchitecture.ToString(),
        Environment.ProcessorCount,
        long.Parse(Field("/proc/meminfo", "MemTotal")!.Trim(':', ' ', 'k', 'B'), CultureInfo.InvariantCulture) / 1024,
        File.ReadAllText("/proc/sys/kernel/osrelease").Trim(),
        double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture));

    // The rest of the first line that begins with a name.
    private static string? Field(string file, string name) =>
        File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?[name.Length..].Trim();
}
