using System.Globalization;

namespace PyAirtable.Automation.TextExtraction;

/// <summary>Names of a table's columns by pandas' rules: a blank one is called by its place, one that was there before gets a number.</summary>
internal static class ColumnNames
{
    /// <summary>The header's names, made unique. Those that were given come before those that are made up.</summary>
    /// <param name="header">The names as they are given.</param>
    /// <param name="isBlank">Tells whether there is none.</param>
    /// <param name="named">Makes one of a text.</param>
    public static TName[] Unique<TName>(IReadOnlyList<TName> header, Func<TName, bool> isBlank, Func<string, TName> named)
        where TName : notnull
    {
        var names = header.Select((name, i) => isBlank(name) ? named(string.Create(CultureInfo.InvariantCulture, $"Unnamed: {i}")) : name).ToArray();
        var taken = new HashSet<TName>(names);
        var seen = new Dictionary<TName, int>();
        foreach (var i in Enumerable.Range(0, names.Length).OrderBy(i => isBlank(header[i])))
        {
            var original = names[i];
            var name = original;
            var count = seen.GetValueOrDefault(name);
            while (count > 0)
            {
                seen[original] = count + 1;
                name = named(string.Create(CultureInfo.InvariantCulture, $"{original}.{count}"));
                count = taken.Contains(name) ? count + 1 : seen.GetValueOrDefault(name);
            }
            names[i] = name;
            taken.Add(name);
            seen[name] = count + 1;
        }
        return names;
    }
}
