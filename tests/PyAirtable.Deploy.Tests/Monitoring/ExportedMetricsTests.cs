namespace PyAirtable.Deploy.Tests.Monitoring;

/// <summary>Panels and rules name what the services really export.</summary>
public sealed class ExportedMetricsTests(RunningServices services)
{
    /// <summary>Metrics that Prometheus itself makes.</summary>
    private static readonly string[] Prometheus = ["up", "ALERTS"];

    /// <summary>Labels that Prometheus adds to what it scrapes.</summary>
    private static readonly string[] TargetLabels = ["job", "instance"];

    /// <summary>Values that only a fault brings about.</summary>
    private static readonly HashSet<string> RareValues = ["429", "failed"];

    private static readonly HashSet<string> Recorded = [.. MonitoringFiles.Rules.Select(rule => rule.GetValueOrDefault("record")).OfType<string>()];

    [Fact]
    public async Task Expressions_Committed_NameMetricsThatAreExported()
    {
        var exported = await services.ScrapeAsync();

        AssertNone(from expression in MonitoringFiles.Expressions from selector in Exported(expression) where !exported.Has(selector.Metric) select $"{expression.Place}: no {selector.Metric}");
    }

    [Fact]
    public async Task Expressions_Committed_MatchLabelsThatAreExported()
    {
        var exported = await services.ScrapeAsync();

        AssertNone(
            from expression in MonitoringFiles.Expressions
            from selector in Exported(expression)
            from matcher in selector.Labels
            where !TargetLabels.Contains(matcher.Label)
            where !exported.HasLabel(selector.Metric, matcher.Label) || (matcher.Operator == "=" && !RareValues.Contains(matcher.Text) && !exported.ValuesOf(selector.Metric, matcher.Label).Contains(matcher.Text))
            select $"{expression.Place}: no {selector.Metric} with {matcher.Label}{matcher.Operator}\"{matcher.Text}\"");
    }

    [Fact]
    public async Task Expressions_Committed_GroupByLabelsThatAreExported()
    {
        var exported = await services.ScrapeAsync();

        AssertNone(
            from expression in MonitoringFiles.Expressions
            let selectors = Exported(expression).ToList()
            where selectors.Count > 0
            from label in PromQl.Parse(expression.Text).Grouping
            where !TargetLabels.Contains(label) && !selectors.Exists(selector => exported.HasLabel(selector.Metric, label))
            select $"{expression.Place}: none of its metrics has the label {label}");
    }

    [Fact]
    public async Task Metrics_OfOurOwn_AreEachInAPanel()
    {
        var exported = await services.ScrapeAsync();
        var shown = MonitoringFiles.DashboardExpressions.SelectMany(expression => PromQl.Parse(expression.Text).Selectors).Select(selector => Family(selector.Metric)).ToHashSet();

        AssertNone(exported.Metrics.Select(Family).Where(IsOurOwn).Distinct().Where(metric => !shown.Contains(metric)));
    }

    // Those of the Go services say the same as http_requests_total and its like, by fewer labels.
    private static bool IsOurOwn(string metric) => metric.StartsWith("pyairtable_", StringComparison.Ordinal) && !metric.StartsWith("pyairtable_http_", StringComparison.Ordinal);

    // A histogram is exported as three metrics.
    private static string Family(string metric) =>
        ((string[])["_bucket", "_sum", "_count"]).FirstOrDefault(part => metric.EndsWith(part, StringComparison.Ordinal)) is { } part ? metric[..^part.Length] : metric;

    private static void AssertNone(IEnumerable<string> faults)
    {
        // Shown whole, as they are to be mended.
        var text = string.Join('\n', faults);
        Assert.True(text.Length == 0, text);
    }

    private static IEnumerable<Selector> Exported(Expression expression) =>
        PromQl.Parse(expression.Text).Selectors.Where(selector => !Prometheus.Contains(selector.Metric) && !Recorded.Contains(selector.Metric));
}
