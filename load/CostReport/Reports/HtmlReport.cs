using System.Globalization;
using System.Net;
using System.Text;
using PyAirtable.Cost.Model;

namespace PyAirtable.Cost.Reports;

/// <summary>Bills as one page that needs nothing beside it.</summary>
internal static class HtmlReport
{
    private const string Style = """
        :root{color-scheme:light dark;--back:#fff;--fore:#1c1e21;--soft:#5f6670;--rule:#dfe2e6;--bar:#1f6feb;--plan:#9aa2ad}
        @media (prefers-color-scheme:dark){:root{--back:#15181c;--fore:#e6e8ea;--soft:#9aa2ad;--rule:#30363d;--bar:#6cb0ff;--plan:#5f6670}}
        body{background:var(--back);color:var(--fore);font:15px/1.5 system-ui,sans-serif;max-width:1080px;margin:2em auto;padding:0 1em}
        p{color:var(--soft)}.wide{overflow-x:auto}table{border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:.9em;margin:.5em 0 1.5em;width:100%}
        td,th{padding:.25em .7em;text-align:left;border-bottom:1px solid var(--rule)}td.usd{text-align:right;white-space:nowrap}tr.total td{font-weight:600}
        .bars td{border:0;white-space:nowrap}.bars td:last-child{width:60%}.bars i{display:block;height:1em;background:var(--bar)}.bars i.plan{background:var(--plan)}
        """;

    /// <summary>Writes it.</summary>
    public static string Write(IReadOnlyList<Bill> bills, Inputs inputs)
    {
        var page = new StringBuilder($"<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>What PyAirtable costs a month</title>\n<style>{Style}</style></head>\n<body><h1>What PyAirtable costs a month</h1>\n");
        AddBars(page, bills);
        foreach (var bill in bills)
        {
            AddBill(page, bill);
        }

        page.Append(CultureInfo.InvariantCulture, $"<p>{Escaped(Sources.Text(inputs))}</p>\n<div class=\"wide\"><table><tr><th>program</th><th>CPU ms a request</th><th>memory, MB</th><th>from</th></tr>");
        foreach (var (name, figures) in inputs.Run.Programs)
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{Escaped(name)}</td><td>{figures.CpuMs}</td><td>{figures.MemoryMb}</td><td>{Escaped(figures.Source)}</td></tr>");
        }

        return page.Append("</table></div>\n</body></html>\n").ToString();
    }

    private static void AddBars(StringBuilder page, IReadOnlyList<Bill> bills)
    {
        var most = Math.Max(Plan.All.Max(static plan => plan.Usd), bills.Max(static bill => bill.Total));
        void Add(string name, double usd, string kind) =>
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{Escaped(name)}</td><td class=\"usd\">${usd:0}</td><td><i class=\"{kind}\" style=\"width:{usd / most * 100:0.0}%\"></i></td></tr>");
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
        page.Append(CultureInfo.InvariantCulture, $"<h2>{Escaped(bill.Stack.Name)}</h2>\n<div class=\"wide\"><table>");
        foreach (var line in bill.Lines)
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{Escaped(line.Name)}</td><td>{Escaped(line.Arithmetic)}</td><td class=\"usd\">${line.Usd:0.00}</td></tr>");
        }

        page.Append(CultureInfo.InvariantCulture, $"<tr class=\"total\"><td>a month</td><td>${bill.PerMillion:0.00} a million requests</td><td class=\"usd\">${bill.Total:0.00}</td></tr></table></div>\n");
    }

    private static string Escaped(string text) => WebUtility.HtmlEncode(text);
}
