namespace PyAirtable.Hosting.CommandLine;

/// <summary>Finds the word that a mistyped one was most likely meant to be.</summary>
internal static class Nearest
{
    /// <summary>The candidate with the fewest edits, if that is at most half of the word; else null.</summary>
    public static string? Find(string word, IEnumerable<string> candidates) =>
        candidates
            .Select(candidate => (candidate, Distance: Distance(word.ToLowerInvariant(), candidate)))
            .Where(entry => entry.Distance <= Math.Max(1, Math.Max(word.Length, entry.candidate.Length) / 2))
            .OrderBy(entry => entry.Distance)
            .Select(entry => entry.candidate)
            .FirstOrDefault();

    // Levenshtein's distance, one row at a time.
    internal static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[^1];
    }
}
