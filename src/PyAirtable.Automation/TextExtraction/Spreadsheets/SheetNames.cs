using System.Globalization;

namespace PyAirtable.Automation.TextExtraction.Spreadsheets;

/// <summary>Names of a sheet's columns by pandas' rules (automation contract 2.6).</summary>
internal static class SheetNames
{
    /// <summary>A name for each header cell: what is empty gets a name by its place, what was there before gets a number.</summary>
    public static object[] Of(IReadOnlyList<object?> header)
    {
        var names = header.Select((name, i) => name is null or "" ? string.Create(CultureInfo.InvariantCulture, $"Unnamed: {i}") : name).ToArray();
        var taken = new HashSet<object>(names);
        var seen = new Dictionary<object, int>();
        for (var i = 0; i < names.Length; i++)
        {
            var original = names[i];
            var name = original;
            var count = seen.GetValueOrDefault(name);
            while (count > 0)
            {
                seen[original] = count + 1;
                name = string.Create(CultureInfo.InvariantCulture, $"{CellText.Of(original)}.{count}");
                count = taken.Add(name) ? seen.GetValueOrDefault(name) : count + 1;
            }
            names[i] = name;
            seen[name] = count + 1;
        }
        return names;
    }
}
