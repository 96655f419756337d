namespace PyAirtable.Bench.PerformancePage;

/// <summary>The table of headlines in a README, between two marks.</summary>
internal static class Readme
{
    private const string Begin = "<!-- headlines, written by bench/performance -->\n";
    private const string End = "<!-- end of headlines -->";

    /// <summary>The README with the table as it is now.</summary>
    /// <exception cref="FormatException">It has no marks.</exception>
    public static string WithHeadlines(string readme, Results results)
    {
        var begin = readme.IndexOf(Begin, StringComparison.Ordinal);
        var end = readme.IndexOf(End, StringComparison.Ordinal);
        return begin >= 0 && end > begin
            ? string.Concat(readme.AsSpan(0, begin + Begin.Length), $"{results.Summary}.\n\n{Headline.Write(results)}", readme.AsSpan(end))
            : throw new FormatException($"the README has no lines \"{Begin.Trim()}\" and \"{End}\"");
    }
}
