using PyAirtable.Load.Slo;
using PyAirtable.Load.Thresholds;
using PyAirtable.Testing;

namespace PyAirtable.Load.Tests.Slo;

public sealed class SloLimitsTests
{
    [Fact]
    public async Task Of_FileOfTheProject_AreThoseOfGatewayAndDay() =>
        Assert.Equal(Limits.Usual, SloLimits.Of(await SloFile.ReadAsync(Path.Combine(PublishedExecutable.Root, "load/slo.json"), CancellationToken.None)));

    [Fact]
    public void Of_OtherTargets_AreOther()
    {
        SloTarget[] targets =
        [
            new("a", "gateway", Threshold.AtLeast(Figure.PerSecond, 100)), new("b", "day", Threshold.AtLeast(Figure.Success, 90)), new("c", "day", Threshold.AtMost(Figure.P95, 300)),
            new("d", "gateway", Threshold.AtMost(Figure.P95, 3)),
        ];

        Assert.Equal(new SloLimits(targets[0].Threshold, targets[1].Threshold, targets[2].Threshold), SloLimits.Of(targets));
    }

    [Fact]
    public void Of_OneMissing_SaysWhich() =>
        Assert.Contains("rps for scenario \"gateway\"", Assert.Throws<FormatException>(() => SloLimits.Of([])).Message, StringComparison.Ordinal);
}
