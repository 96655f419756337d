using System.Globalization;

namespace PyAirtable.Load.Systems;

/// <summary>Memory of processes that share some of it.</summary>
internal static class ProcessMemory
{
    /// <summary>Memory of a process and its children, shared pages counted once (Pss of proc_pid_smaps(5)), in MB of 2^20 bytes.</summary>
    public static double Megabytes(int process)
    {
        var kilobytes = 0.0;
        foreach (var id in Children(process).Prepend(process))
        {
            try
            {
                kilobytes += double.Parse(
                    File.ReadLines($"/proc/{id}/smaps_rollup").First(line => line.StartsWith("Pss:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2],
                    CultureInfo.InvariantCulture);
            }
            catch (Exception ended) when (id != process && ended is IOException or InvalidOperationException)
            {
                // A child that is gone already.
            }
        }
        return kilobytes / 1024;
    }

    private static IEnumerable<int> Children(int process) =>
        File.ReadAllText($"/proc/{process}/task/{process}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => int.Parse(id, CultureInfo.InvariantCulture));
}
