using System.Globalization;
using System.Xml;

namespace PyAirtable.Bench.Footprint;

/// <summary>Bytes of a native executable by the assembly they come from, read from the compiler's map file.</summary>
internal static class Sizes
{
    private const string Rest = "(metadata, maps, stubs)";

    // Names in the map start with the mangled assembly name, most of them behind a mark of what they are.
    private const int LongestMark = 24;

    /// <summary>Writes assemblies and their bytes, largest first.</summary>
    /// <param name="native">Folder with the compiler's response file and map.</param>
    public static void Write(string native)
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
        foreach (var (owner, count) in bytes.OrderByDescending(entry => entry.Value).Where(entry => entry.Value >= 10_000))
        {
            Console.WriteLine($"{count,10}  {owner}");
        }
        Console.WriteLine($"{bytes.Values.Sum(),10}  all that the compiler made; native libraries and alignment come on top");
    }

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
