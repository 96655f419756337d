using PyAirtable.Deploy.Tests.Monitoring;
using PyAirtable.Testing;

namespace PyAirtable.Deploy.Tests.Runbooks;

/// <summary>Every alarm leads to what to do about it.</summary>
public sealed class AlarmsPageTests
{
    private static readonly List<Dictionary<object, object?>> Alerts = [.. MonitoringFiles.Rules.Where(rule => rule.ContainsKey("alert"))];

    [Fact]
    public void RunbookUrl_EveryAlert_LeadsToAHeading() => Assert.All(Alerts, alert =>
    {
        var (path, anchor) = UrlOf(alert);
        Assert.Contains(anchor, Markdown.AnchorsOf(File.ReadAllText(Path.Combine(PublishedExecutable.Root, path))));
    });

    [Fact]
    public void RunbookUrl_EveryAlert_IsTheHeadingOfItsName() => Assert.All(Alerts, alert => Assert.Equal(((string)alert["alert"]!).ToLowerInvariant(), UrlOf(alert).Anchor));

    [Fact]
    public void Severity_EveryAlert_IsPageOrTicket() =>
        Assert.All(Alerts, alert => Assert.Contains((string)((Dictionary<object, object?>)alert["labels"]!)["severity"]!, (string[])["page", "ticket"]));

    private static (string Path, string Anchor) UrlOf(Dictionary<object, object?> alert) =>
        ((string)((Dictionary<object, object?>)alert["annotations"]!)["runbook_url"]!).Split('#') is [var path, var anchor] ? (path, anchor) : throw new InvalidDataException("no anchor");
}
