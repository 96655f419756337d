using System.Globalization;

namespace PyAirtable.Hosting.Metrics;

/// <summary>What only Linux's <c>/proc</c> tells of the own process (see proc(5)); NaN elsewhere.</summary>
internal static class Procfs
{
    /// <summary>Resident memory in bytes.</summary>
    public static double ResidentBytes()
    {
        try
        {
            var fields = File.ReadAllText("/proc/self/statm").Split(' ', 3);
            return long.Parse(fields[1], CultureInfo.InvariantCulture) * (double)Environment.SystemPageSize;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return double.NaN;
        }
    }

    /// <summary>File descriptors that may be open at once.</summary>
    public static double MaxOpenFiles()
    {
        try
        {
            // "Max open files            1024                 524288               files"
            var line = File.ReadLines("/proc/self/limits").First(static line => line.StartsWith("Max open files", StringComparison.Ordinal));
            var limit = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3];
            return limit == "unlimited" ? double.PositiveInfinity : double.Parse(limit, CultureInfo.InvariantCulture);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return double.NaN;
        }
    }

    /// <summary>Number of open file descriptors.</summary>
    public static double OpenFiles()
    {
        try
        {
            return Directory.EnumerateFileSystemEntries("/proc/self/fd").Count();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return double.NaN;
        }
    }
}
