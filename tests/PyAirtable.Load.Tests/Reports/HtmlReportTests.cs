using System.Xml.Linq;
using PyAirtable.Load.Reports;

namespace PyAirtable.Load.Tests.Reports;

public sealed class HtmlReportTests
{
    private static readonly string Page = HtmlReport.Write(Results.Of100);

    [Fact]
    public void Write_Result_NeedsNothingFromElsewhere()
    {
        Assert.DoesNotContain("<script", Page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("http", Page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("src=", Page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("prefers-color-scheme:dark", Page, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Result_IsWellFormedWithChartsAndEscapedText()
    {
        var from = Page.IndexOf("<body>", StringComparison.Ordinal);
        var body = XElement.Parse(Page[from..(Page.IndexOf("</body>", StringComparison.Ordinal) + "</body>".Length)]);

        Assert.Equal(6, body.Descendants("svg").Count());
        Assert.Equal(["read, \"quick\"", "<write>", "all"], body.Elements("div").Single().Descendants("tr").Skip(1).Select(row => row.Elements().First().Value));
        Assert.Equal(["fall short", "pass"], body.Elements("table").Single().Descendants("tr").Skip(1).Select(row => row.Elements().Last().Value));
    }
}
