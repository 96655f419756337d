using System.Globalization;
using System.Text;
using PyAirtable.Cost.Model;
using PyAirtable.Load.Reports;

namespace PyAirtable.Cost.Reports;

/// <summary>Bills as one page that needs nothing beside it.</summary>
internal static class HtmlReport
{
    private const string Style = """
        table{width:100%}td,th{text-align:left}td.usd{text-align:right;white-space:nowrap}tr.total td{font-weight:600}
        .bars td{border:0;white-space:nowrap}.bars td:last-child{width:60%}.bars i{display:block;height:1em;background:var(--s1)}.bars i.plan{background:var(--soft)}
        """;

    /// <summary>Writes it.</summary>
    public static string Write(IReadOnlyList<Bill> bills, Inputs inputs)
    {
        var page = new StringBuilder(HtmlPage.Begin("What PyAirtable costs a month", Style));
        AddBars(page, bills);
        foreach (var bill in bills)
        {
            AddBill(page, bill);
        }

        page.Append(CultureInfo.InvariantCulture, $"<p>{HtmlPage.Escaped(Sources.Text(inputs))}</p>\n<div class=\"wide\"><table><tr><th>program</th><th>CPU ms a request</th><th>memory, MB</th><th>from</th></tr>");
        foreach (var (name, figures) in inputs.Run.Programs)
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{HtmlPage.Escaped(name)}</td><td>{figures.CpuMs}</td><td>{figures.MemoryMb}</td><td>{HtmlPage.Escaped(figures.Source)}{(figures.MeasuredHere ? "" : " (not measured here)")}</td></tr>");
        }

        return page.Append("</table></div>\n").Append(HtmlPage.End).ToString();
    }

    private static void AddBars(StringBuilder page, IReadOnlyList<Bill> bills)
    {
        var most = Math.Max(Plan.All.Max(static plan => plan.Usd), bills.Max(static bill => bill.Total));
        void Add(string name, double usd, string kind) =>
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{HtmlPage.Escaped(name)}</td><td class=\"usd\">${usd:0}</td><td><i class=\"{kind}\" style=\"width:{usd / most * 100:0.0}%\"></i></td></tr>");
        page.Append("<table class=\"bars\">");
        foreach (var bill in bills)
        {
            Add(bill.Stack.Name, bill.Total, "");
        }

        foreach (var plan in Plan.All)
        {
            Add(plan.Name, plan.Usd, "plan");
        }

        page.Append("</table>\n");
    }

    private static void AddBill(StringBuilder page, Bill bill)
    {
        page.Append(CultureInfo.InvariantCulture, $"<h2>{HtmlPage.Escaped(bill.Stack.Name)}</h2>\n<div class=\"wide\"><table>");
        foreach (var line in bill.Lines)
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{HtmlPage.Escaped(line.Name)}</td><td>{HtmlPage.Escaped(line.Arithmetic)}</td><td class=\"usd\">${line.Usd:0.00}</td></tr>");
        }

        page.Append(CultureInfo.InvariantCulture, $"<tr class=\"total\"><td>a month</td><td>${bill.PerMillion:0.00} a million requests</td><td class=\"usd\">${bill.Total:0.00}</td></tr></table></div>\n");
    }
}
