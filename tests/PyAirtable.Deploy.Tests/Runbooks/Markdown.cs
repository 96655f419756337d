using System.Text.RegularExpressions;

namespace PyAirtable.Deploy.Tests.Runbooks;

/// <summary>Headings and links of Markdown pages.</summary>
internal static partial class Markdown
{
    /// <summary>The anchors of a page's headings, as GitHub makes them.</summary>
    public static IReadOnlySet<string> AnchorsOf(string page) =>
        HeadingPattern().Matches(page).Select(heading => OtherCharacters().Replace(heading.Groups[1].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-')).ToHashSet();

    /// <summary>The targets of a page's links to files: path and anchor, either of them possibly empty.</summary>
    public static IEnumerable<(string Path, string Anchor)> LinksOf(string page) =>
        from link in LinkPattern().Matches(page)
        let target = link.Groups[1].Value
        where !target.Contains("://", StringComparison.Ordinal)
        let parts = target.Split('#', 2)
        select (parts[0], parts.ElementAtOrDefault(1) ?? "");

    [GeneratedRegex("^#+ (.*)$", RegexOptions.Multiline)]
    private static partial Regex HeadingPattern();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex OtherCharacters();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex LinkPattern();
}
