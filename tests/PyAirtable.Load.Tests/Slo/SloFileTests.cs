using PyAirtable.Load.Slo;
using PyAirtable.Load.Thresholds;
using PyAirtable.Testing;

namespace PyAirtable.Load.Tests.Slo;

public sealed class SloFileTests
{
    [Fact]
    public void Parse_FileOfTheProject_HasTheTargets()
    {
        var targets = SloFile.Parse(File.ReadAllText(Path.Combine(PublishedExecutable.Root, "load/slo.json")));

        Assert.Contains(targets, target => target is { Scenario: "gateway", Threshold: { Limit: 15_000, IsLeast: true } } && target.Threshold.Figure == Figure.PerSecond);
        Assert.Contains(targets, target => target is { Scenario: "gateway", Threshold: { Limit: 3, IsLeast: false } } && target.Threshold.Figure == Figure.P95);
        Assert.Contains(targets, target => target is { Scenario: "day", Threshold: { Limit: 25, IsLeast: false } } && target.Threshold.Figure == Figure.P95);
        Assert.Contains(targets, target => target is { Scenario: "connections", Threshold: { Limit: 5_000, IsLeast: true } } && target.Threshold.Figure == Figure.Connections);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("{}")]
    [InlineData("""{"targets":[{"name":"x","scenario":"gateway","figure":"rps"}]}""")]
    [InlineData("""{"targets":[{"name":"x","scenario":"gateway","figure":"rps","at_least":1,"at_most":2}]}""")]
    [InlineData("""{"targets":[{"name":"x","scenario":"nowhere","figure":"rps","at_least":1}]}""")]
    [InlineData("""{"targets":[{"name":"x","scenario":"gateway","figure":"luck","at_least":1}]}""")]
    [InlineData("""{"targets":[{"name":"x","scenario":"gateway","figure":"rps","at_least":"many"}]}""")]
    public void Parse_Mistake_IsToldAsSuch(string json) => Assert.Throws<FormatException>(() => SloFile.Parse(json));
}
