using System.Globalization;

namespace PyAirtable.Bench.Footprint;

/// <summary>Memory of a process and those below it, as the kernel sums it up (<c>/proc/&lt;pid&gt;/smaps_rollup</c>), in MB of 2^20 bytes.</summary>
/// <param name="Resident">All that is in memory (Rss); of what the processes share, once.</param>
/// <param name="Private">What no other process has (Private_Clean and Private_Dirty).</param>
internal readonly record struct Memory(double Resident, double Private)
{
    /// <summary>That of a process now.</summary>
    public static Memory Of(int process)
    {
        // Those below it began as copies of it, or run the same program: beyond the largest each adds what is its own.
        var all = Tree(process).Select(OfOne).OrderByDescending(static one => one.Resident).ToList();
        return new(all[0].Resident + all.Skip(1).Sum(static one => one.Private), all.Sum(static one => one.Private));
    }

    /// <summary>The most of both.</summary>
    public Memory Max(Memory other) => new(Math.Max(Resident, other.Resident), Math.Max(Private, other.Private));

    private static Memory OfOne(int process)
    {
        var (resident, own) = (0.0, 0.0);
        foreach (var line in File.ReadLines($"/proc/{process}/smaps_rollup"))
        {
            // "Rss:               22432 kB"
            if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var name, var kilobytes, "kB"])
            {
                var megabytes = double.Parse(kilobytes, CultureInfo.InvariantCulture) / 1024;
                resident += name == "Rss:" ? megabytes : 0;
                own += name is "Private_Clean:" or "Private_Dirty:" ? megabytes : 0;
            }
        }

        return new(resident, own);
    }

    private static IEnumerable<int> Tree(int process) =>
        File.ReadAllText($"/proc/{process}/task/{process}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(child => Tree(int.Parse(child, CultureInfo.InvariantCulture))).Prepend(process);
}
