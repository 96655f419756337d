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
