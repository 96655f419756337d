using PyAirtable.Load.Commands;
using PyAirtable.Load.Reports;
using PyAirtable.Load.Statistics;

namespace PyAirtable.Load.Tests.Commands;

public sealed class SmokeCheckTests : IAsyncLifetime
{
    private static readonly ScenarioResult Good = Results.Of("day", Results.Step("all") with { Failed = 0, Reasons = new Dictionary<string, long>() }) with { Planned = 99, Begun = 99 };
    private readonly string _folder = Directory.CreateTempSubdirectory("smoke-").FullName;

    public async ValueTask InitializeAsync() => await ReportFolder.WriteAsync(_folder, Good);

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void Mistakes_GoodRun_AreNone() => Assert.Empty(SmokeCheck.Mistakes(Good, _folder));

    [Fact]
    public void Mistakes_SlowRun_AreNone() => Assert.Empty(SmokeCheck.Mistakes(Good with { All = Good.All with { P95 = 9_000, Max = 60_000 }, LatenessMax = 5_000 }, _folder));

    [Fact]
    public void Mistakes_StepFailed_AreItsReasons() => Assert.Equal(["1 times status 503"], SmokeCheck.Mistakes(Good with { All = Results.Step("all") }, _folder));

    [Fact]
    public void Mistakes_NothingAnswered_AreToldAsSuch() => Assert.Equal(["nothing was answered"], SmokeCheck.Mistakes(Good with { All = Good.All with { Ok = 0 } }, _folder));

    [Fact]
    public void Mistakes_AnswersLost_AreCounted() => Assert.Equal(["2 iterations without an end"], SmokeCheck.Mistakes(Good with { Unfinished = 2 }, _folder));

    [Fact]
    public void Mistakes_FewerBegunThanPlanned_AreCounted() => Assert.Equal(["97 of 99 iterations begun"], SmokeCheck.Mistakes(Good with { Begun = 97 }, _folder));

    [Fact]
    public void Mistakes_FewerBegunSinceEnoughWasSeen_AreNone() => Assert.Empty(SmokeCheck.Mistakes(Good with { Begun = 97, EndedEarly = true }, _folder));

    [Fact]
    public void Mistakes_ReportMissingOrEmpty_IsNamed()
    {
        File.Delete(Path.Combine(_folder, "report.html"));
        File.WriteAllText(Path.Combine(_folder, "steps.csv"), "");

        Assert.Equal(["no report.html", "no steps.csv"], SmokeCheck.Mistakes(Good, _folder));
    }
}
