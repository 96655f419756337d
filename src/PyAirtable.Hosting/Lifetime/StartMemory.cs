using System.Globalization;
using System.Runtime.InteropServices;

namespace PyAirtable.Hosting.Lifetime;

/// <summary>
/// Gives back the pages of the executable's file that the start has brought into memory. Most are read once: the packed form of the
/// program's types, which the runtime unpacks elsewhere, and code of settings, migrations and start itself, of which the system also maps
/// sixteen pages where one is used. Those that are needed later are mapped again, in about a microsecond.
/// </summary>
public static partial class StartMemory
{
    private const int NotNeeded = 4;
    private const int Path = 5;

    /// <summary>Gives them back.</summary>
    /// <returns>How much it was, in bytes.</returns>
    public static long Release()
    {
        var (start, end, resident, released) = (0L, 0L, 0L, 0L);
        foreach (var line in File.ReadLines("/proc/self/smaps"))
        {
            var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            // "5581c0a00000-5581c19be000 r-xp 00040000 fe:00 12345 /path", then lines such as "Rss: 11420 kB".
            if (fields[0].IndexOf('-') is > 0 and var dash)
            {
                var isOurs = fields.Length > Path && fields[1][1] == '-' && fields[Path] == Environment.ProcessPath;
                (start, end) = isOurs ? (Hexadecimal(fields[0][..dash]), Hexadecimal(fields[0][(dash + 1)..])) : (0, 0);
            }
            else if (end > 0 && fields[0] == "Rss:")
            {
                resident = long.Parse(fields[1], CultureInfo.InvariantCulture) * 1024;
            }
            // What was written to, even if nothing may write to it now, is not in the file.
            else if (end > 0 && fields is ["Anonymous:", "0", ..] && Advise((nint)start, (nuint)(end - start), NotNeeded) == 0)
            {
                released += resident;
            }
        }
        return released;
    }

    private static long Hexadecimal(string digits) => long.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nint address, nuint length, int advice);
}
