using System.Text.RegularExpressions;

namespace PyAirtable.Deploy.Tests.Monitoring;

/// <summary>Which metrics and labels a PromQL expression names. It takes for granted that Prometheus accepts it, as other tests show.</summary>
internal sealed partial class PromQl
{
    private static readonly HashSet<string> Words =
        ["and", "or", "unless", "bool", "offset", "by", "without", "on", "ignoring", "group_left", "group_right", "inf", "nan", "start", "end", "atan2"];

    private PromQl(IReadOnlyList<Selector> selectors, IReadOnlyList<string> grouping) => (Selectors, Grouping) = (selectors, grouping);

    /// <summary>The metrics.</summary>
    public IReadOnlyList<Selector> Selectors { get; }

    /// <summary>Labels by which values are grouped or joined.</summary>
    public IReadOnlyList<string> Grouping { get; }

    /// <summary>Reads an expression.</summary>
    public static PromQl Parse(string expression)
    {
        var grouping = GroupingPattern().Matches(TextPattern().Replace(expression, "\"\"")).SelectMany(found => found.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).ToList();
        var rest = GroupingPattern().Replace(expression, " ");
        var selectors = new List<Selector>();
        foreach (Match found in SelectorPattern().Matches(rest))
        {
            var name = found.Groups["name"].Value;
            if (name.Length > 0 && !Words.Contains(name) && !found.Groups["call"].Success)
            {
                selectors.Add(new(name, [.. MatcherPattern().Matches(found.Groups["labels"].Value).Select(label => (label.Groups[1].Value, label.Groups[2].Value, label.Groups[3].Value))]));
            }
        }
        return new(selectors, grouping);
    }

    [GeneratedRegex(@"\b(?:by|without|on|ignoring|group_left|group_right)\s*\(([^)]*)\)")]
    private static partial Regex GroupingPattern();

    [GeneratedRegex("""["](?:[^"\\]|\\.)*["]""")]
    private static partial Regex TextPattern();

    // Numbers, texts and ranges are matched too, so that nothing within them is taken for a name.
    [GeneratedRegex("""["](?:[^"\\]|\\.)*"|\d[\w.]*|(?<name>[a-zA-Z_:][\w:]*)\s*(?:(?<call>\()|\{(?<labels>(?:[^"}]|"(?:[^"\\]|\\.)*")*)\})?|\[[^\]]*\]""")]
    private static partial Regex SelectorPattern();

    [GeneratedRegex("""([a-zA-Z_]\w*)\s*(=~|!~|!=|=)\s*"((?:[^"\\]|\\.)*)["]""")]
    private static partial Regex MatcherPattern();
}
