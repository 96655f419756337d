using System.Text.Json;
using PyAirtable.Cost.Model;
using PyAirtable.Load.Reports;
using PyAirtable.Load.Statistics;

namespace PyAirtable.Load.Tests.Cost;

public sealed class MeasuredRunTests
{
    private static readonly MeasuredRun Before = new("another machine", new() { ["gateway"] = new(9, 900, 99, 16, "by hand"), ["python other"] = new(1.5, 95, 160, 1, "elsewhere") });

    [Fact]
    public void With_ReportOfALoadRun_TakesWhatServicesTook()
    {
        var result = Results.Of100 with { Usage = Results.Of100.Usage with { Services = [new("gateway", 2.5, 50_000, 12_500_000, 41.26)] } };

        var run = Before.With("this machine", JsonSerializer.Deserialize(JsonReport.Write(result), LoadRunJson.Default.LoadRun)!);

        Assert.Equal("this machine", run.Machine);
        Assert.Equal(
            new ProgramFigures(0.05, 41.3, 250, 16, "load/run day, a system <here>, 2025-01-15, 10 s: 2.50 CPU-seconds for 50000 requests; highest resident memory", MeasuredHere: true),
            run.Of("gateway"));
    }

    [Fact]
    public void With_OtherPrograms_StayAsTheyWere() => Assert.Same(Before.Of("python other"), Before.With("m", Run(new ServiceFigures("gateway", 1, 1, 1, 1))).Of("python other"));

    [Fact]
    public void With_Written_IsReadAgain()
    {
        var run = Before.With("m", Run(new ServiceFigures("gateway", 1, 1000, 250_000, 40)));

        Assert.Equal(run.Programs, JsonSerializer.Deserialize(JsonSerializer.Serialize(run, InputJson.Readable.MeasuredRun), InputJson.Default.MeasuredRun)!.Programs);
    }

    [Theory]
    [InlineData("gateway", 0L, 1.0, "no requests or no log of gateway")]
    [InlineData("gateway", 5L, null, "no requests or no log of gateway")]
    [InlineData("stranger", 5L, 1.0, "no program \"stranger\"")]
    public void With_FiguresMissing_SaysWhich(string name, long requests, double? logged, string message) =>
        Assert.Contains(message, Assert.Throws<InputException>(() => Before.With("m", Run(new ServiceFigures(name, 1, requests, logged, 1)))).Message, StringComparison.Ordinal);

    [Fact]
    public void With_RunElsewhere_IsAMistake() => Assert.Contains("not started here", Assert.Throws<InputException>(() => Before.With("m", Run())).Message, StringComparison.Ordinal);

    private static LoadRun Run(params ServiceFigures[] services) => new("day", "a system", DateTimeOffset.UnixEpoch, 60, services);
}
