using System.Globalization;
using System.Text;
using PyAirtable.Load.Statistics;

namespace PyAirtable.Load.Reports;

/// <summary>A result as one page that needs nothing beside it.</summary>
internal static class HtmlReport
{
    private const string Style = """
        td,th{text-align:right;white-space:nowrap}td:first-child,th:first-child{text-align:left}tr.all td{font-weight:600}.pass{color:var(--good)}.short{color:var(--bad)}
        figure{margin:1.6em 0}figcaption{font-weight:600}figcaption span{font-weight:400;margin-left:1em}figcaption span::before{content:"";display:inline-block;width:.8em;height:.2em;margin-right:.4em;vertical-align:middle;background:currentColor}
        svg{width:100%;height:auto}svg text{font-size:11px;fill:var(--soft)}text.y{text-anchor:end}text.x{text-anchor:middle}.grid{stroke:var(--rule)}path{fill:none;stroke-width:1.8;stroke-linejoin:round}
        span.s1{color:var(--s1)}span.s2{color:var(--s2)}span.s3{color:var(--s3)}span.s4{color:var(--s4)}path.s1{stroke:var(--s1)}path.s2{stroke:var(--s2)}path.s3{stroke:var(--s3)}path.s4{stroke:var(--s4)}
        """;

    /// <summary>Writes it.</summary>
    public static string Write(ScenarioResult result)
    {
        var page = new StringBuilder(HtmlPage.Begin("Load: " + result.Scenario, Style)).Append("<ul>");
        page.AppendJoin("", Facts.Of(result).Select(fact => $"<li>{HtmlPage.Escaped(fact)}</li>")).Append("</ul>\n");
        AddVerdicts(page, result);
        AddSteps(page, result);
        foreach (var chart in Charts(result))
        {
            page.Append(chart.Write());
        }
        return page.Append(HtmlPage.End).ToString();
    }

    private static void AddVerdicts(StringBuilder page, ScenarioResult result)
    {
        if (result.Verdicts.Count == 0)
        {
            return;
        }
        page.Append("<table><tr><th>threshold</th><th>measured</th><th>verdict</th></tr>");
        foreach (var verdict in result.Verdicts)
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{HtmlPage.Escaped(verdict.Threshold.ToString())}</td><td>{Columns.Text(verdict.Measured, "0.###")}</td><td class=\"{(verdict.Passes ? "pass" : "short")}\">{verdict.Text}</td></tr>");
        }
        page.Append("</table>\n");
    }

    private static void AddSteps(StringBuilder page, ScenarioResult result)
    {
        page.Append("<div class=\"wide\"><table><tr><th>step</th>").AppendJoin("", Columns.OfStep.Select(column => $"<th>{column.Head}</th>")).Append("</tr>");
        foreach (var step in result.Steps.Append(result.All))
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr{(ReferenceEquals(step, result.All) ? " class=\"all\"" : "")}><td>{HtmlPage.Escaped(step.Name)}</td>")
                .AppendJoin("", Columns.OfStep.Select(column => $"<td>{Columns.Text(column.Of(step), column.Format)}</td>")).Append("</tr>");
        }
        page.Append("</table></div>\n");
    }

    private static IEnumerable<LineChart> Charts(ScenarioResult result)
    {
        Series Of(string name, Func<Sample, double> figure) => new(name, [.. result.Samples.Select(sample => (sample.Second, figure(sample)))]);
        yield return new("A second", "seconds", [Of("planned iterations", sample => sample.Planned), Of("good steps", sample => sample.PerSecond), Of("failed steps", sample => sample.FailedPerSecond)]);
        yield return new("Milliseconds from when a step was due", "seconds", [Of("p50", sample => sample.P50), Of("p95", sample => sample.P95), Of("p99", sample => sample.P99)]);
        yield return Distribution(result);
        yield return new("Cores in use", "seconds", [Of("generator", sample => sample.GeneratorCores), Of("servers", sample => sample.ServerCores), Of("upstream stand-in", sample => sample.UpstreamCores)]);
        yield return new("Memory of the servers, MB", "seconds", [Of("servers", sample => sample.ServerMegabytes)]);
        yield return new("Iterations under way", "seconds", [Of("under way", sample => sample.InFlight)]);
    }

    // The higher a percentile, the more room it gets: each nine as much as the one before.
    private static LineChart Distribution(ScenarioResult result)
    {
        static double Nines(double percent) => -Math.Log10(1 - (Math.Min(percent, 99.999) / 100));
        double[] marked = [0, 50, 90, 99, 99.9, 99.99];
        return new(
            "Milliseconds by percentile", "percent of the steps", [new("all steps", [.. result.Distribution.Select(point => (Nines(point.Percent), point.Milliseconds))])],
            [.. marked.Select(percent => (Nines(percent), percent.ToString(CultureInfo.InvariantCulture)))]);
    }
}
