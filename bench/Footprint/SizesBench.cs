using System.Globalization;
using System.Xml;
using PyAirtable.Bench.Goals;

namespace PyAirtable.Bench.Footprint;

/// <summary>Bytes of native executables by the assembly they come from, read from the compiler's map files.</summary>
internal static class SizesBench
{
    private const string Rest = "(metadata, maps, stubs)";

    // Names in the map start with the mangled assembly name, most of them behind a mark of what they are.
    private const int LongestMark = 24;

    private const long LeastBytes = 10_000;

    /// <summary>Reports executables as they were published last; always 0.</summary>
    /// <param name="projects">Names of the projects without the product's.</param>
    public static int Run(IReadOnlyList<string> projects)
    {
        var report = new BenchReport("sizes");
        foreach (var project in projects)
        {
            var bytes = ByAssembly(Directory.EnumerateDirectories($"artifacts/obj/PyAirtable.{project}", "release_linux-*").Select(static folder => Path.Combine(folder, "native")).Single(Directory.Exists));
            report.Add(new Table(
                $"{project}: all that the compiler made, {Text(bytes.Values.Sum())} bytes; native libraries and alignment come on top",
                ["assembly", "bytes"],
                [.. bytes.OrderByDescending(static entry => entry.Value).Where(static entry => entry.Value >= LeastBytes).Select(static entry => (string[])[entry.Key, Text(entry.Value)])]));
        }

        return report.Finish();
    }

    private static Dictionary<string, long> ByAssembly(string native)
    {
        var response = Directory.EnumerateFiles(native, "*.ilc.rsp").Single();
        var assemblies = File.ReadLines(response)
            .Where(line => line.EndsWith(".dll", StringComparison.Ordinal) && (line.StartsWith("-r:", StringComparison.Ordinal) || !line.StartsWith('-')))
            .Select(line => Path.GetFileNameWithoutExtension(line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..]))
            .Distinct()
            .Select(name => (Name: name, Mark: Mangle(name)))
            .OrderByDescending(entry => entry.Mark.Length)
            .ToList();
        var bytes = new Dictionary<string, long>();
        using var map = XmlReader.Create(Directory.EnumerateFiles(native, "*.map.xml").Single());
        while (map.Read())
        {
            if (map.GetAttribute("Length") is { } length && map.GetAttribute("Name") is { } name)
            {
                var owner = Owner(name, assemblies);
                bytes[owner] = bytes.GetValueOrDefault(owner) + long.Parse(length, CultureInfo.InvariantCulture);
            }
        }
        return bytes;
    }

    private static string Text(long bytes) => bytes.ToString("N0", CultureInfo.InvariantCulture);

    private static string Mangle(string assembly) =>
        assembly.Replace("System.Private.", "S_P_", StringComparison.Ordinal).Replace('.', '_').Replace('-', '_') + "_";

    private static string Owner(string name, List<(string Name, string Mark)> assemblies)
    {
        for (var start = 0; start < Math.Min(LongestMark, name.Length); start++)
        {
            foreach (var (assembly, mark) in assemblies)
            {
                if (string.CompareOrdinal(name, start, mark, 0, mark.Length) == 0)
                {
                    return assembly;
                }
            }
        }
        return Rest;
    }
}
