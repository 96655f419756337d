using System.Globalization;

namespace PyAirtable.Automation.TextExtraction;

/// <summary>Names of a table's columns by pandas' rules: a blank one is called by its place, one that was there before gets a number.</summary>
internal static class ColumnNames
{
    /// <summary>The header's names, made unique. Those that were given come before those that are made up.</summary>
    public static string[] Unique(IReadOnlyList<string> header)
    {
        var names = header.Select((name, i) => name.Length == 0 ? string.Create(CultureInfo.InvariantCulture, $"Unnamed: {i}") : name).ToArray();
        var taken = new HashSet<string>(names);
        var seen = new Dictionary<string, int>();
        foreach (var i in Enumerable.Range(0, names.Length).OrderBy(i => header[i].Length == 0))
        {
            var original = names[i];
            var name = original;
            var count = seen.GetValueOrDefault(name);
            while (count > 0)
            {
                seen[original] = count + 1;
                name = string.Create(CultureInfo.InvariantCulture, $"{original}.{count}");
                count = taken.Contains(name) ? count + 1 : seen.GetValueOrDefault(name);
            }
            names[i] = name;
            taken.Add(name);
            seen[name] = count + 1;
        }
        return names;
    }
}
