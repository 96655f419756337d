using System.Text.RegularExpressions;

namespace PyAirtable.Deploy.Tests.Monitoring;

/// <summary>Metrics in Prometheus' text format.</summary>
internal sealed partial class Exposition
{
    private readonly Dictionary<string, HashSet<(string Label, string Value)>> _labels = [];

    /// <summary>The metrics that have samples.</summary>
    public IEnumerable<string> Metrics => _labels.Keys;

    /// <summary>Adds what a process answered.</summary>
    public void Add(string text)
    {
        foreach (var line in text.Split('\n').Where(static line => line.Length > 0 && line[0] != '#'))
        {
            var sample = SamplePattern().Match(line);
            if (!_labels.TryGetValue(sample.Groups[1].Value, out var labels))
            {
                _labels[sample.Groups[1].Value] = labels = [];
            }
            foreach (Match label in LabelPattern().Matches(sample.Groups[2].Value))
            {
                labels.Add((label.Groups[1].Value, label.Groups[2].Value));
            }
        }
    }

    /// <summary>Whether a metric has samples.</summary>
    public bool Has(string metric) => _labels.ContainsKey(metric);

    /// <summary>Whether some sample of a metric has a label.</summary>
    public bool HasLabel(string metric, string label) => _labels.TryGetValue(metric, out var labels) && labels.Any(entry => entry.Label == label);

    /// <summary>Values of a metric's label.</summary>
    public IEnumerable<string> ValuesOf(string metric, string label) => _labels[metric].Where(entry => entry.Label == label).Select(entry => entry.Value);

    [GeneratedRegex("""^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? [^ ]+$""")]
    private static partial Regex SamplePattern();

    [GeneratedRegex("""([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)["]""")]
    private static partial Regex LabelPattern();
}
