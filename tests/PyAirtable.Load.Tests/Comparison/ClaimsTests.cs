using PyAirtable.Bench.Goals;
using PyAirtable.Load.Comparison;

namespace PyAirtable.Load.Tests.Comparison;

public sealed class ClaimsTests
{
    [Theory]
    [InlineData(4_000, 0.5, "40×", "2×", "pass")]
    [InlineData(1_500, 0.02, "15×", "50×", "pass by processor time only")]
    [InlineData(3_990, 0.5, "39.9×", "2×", "fall short")]
    public void Of_Gateway_IsJudgedByThroughputThenProcessorTime(double perSecond, double cpu, string measured, string processor, string verdict)
    {
        var claim = Named("gateway", Sides.Side(perSecond, cpu));

        Assert.Equal(new Claim("gateway", "40×", measured, processor, verdict), claim);
    }

    [Theory]
    [InlineData(20, 30, "75% less", "pass")]
    [InlineData(20, 90, "25% less", "fall short")]
    [InlineData(150, 30, "50% more", "fall short")]
    public void Of_Memory_IsWhereLessIsSaved(double idle, double peak, string measured, string verdict)
    {
        var claim = Named("memory", Sides.Side(idle: idle, peak: peak));

        Assert.Equal(new Claim("memory", "75% less", measured, "", verdict), claim);
    }

    [Theory]
    [InlineData(0.5, "50% less", "pass")]
    [InlineData(0.6, "40% less", "fall short")]
    public void Of_Cost_IsProcessorTime(double cpu, string processor, string verdict)
    {
        var claim = Named("cost", Sides.Side(cpu: cpu));

        Assert.Equal(new Claim("cost", "50% less", "", processor, verdict), claim);
    }

    [Fact]
    public void Of_CostOfUnlikeRoutes_IsTheirGeometricMean()
    {
        var side = Sides.Side(cpu: 0.01);
        var ours = side with { Routes = side.Routes.ToDictionary(route => route.Key, route => route.Key == ComparedRoutes.LogIn ? route.Value with { CpuSeconds = 1 } : route.Value) };

        Assert.Equal("98% less", Named("cost", ours).Processor);
    }

    [Fact]
    public void Tell_Sides_AreGoalsByRequestsAndByProcessorTime()
    {
        var report = new BenchReport("test");

        Claims.Tell(report, Sides.Of((Sides.Side(perSecond: 1_500, cpu: 0.02, idle: 20, peak: 90, start: 40), Sides.Side(failed: 3))), TimeSpan.FromSeconds(8));

        Assert.Equal("gateway: requests, 1,500/s, 100/s (Python baseline, × 40), 15, fall short", report.Goals[0].ToString());
        Assert.Equal("gateway: requests per CPU-second of the service, 50,000/s, 1,000/s (Python baseline, × 40), 50, pass", report.Goals[1].ToString());
        Assert.Equal(["pass", "pass", "fall short", "fall short", "pass", "pass", "pass"], report.Goals.TakeLast(7).Select(goal => goal.Verdict));
        Assert.Equal("resident memory idle beside the originals', 20 MB, 234 MB (the original three services, once, × 0.250), 0.085, pass", report.Goals[^6].ToString());
        Assert.Equal(3 * ComparedRoutes.All.Count, report.Tables.Single().Rows.Count);
    }

    private static Claim Named(string name, SideFigures ours) => Claims.Of(Sides.Of((ours, Sides.Side()))).Single(claim => claim.Name == name);
}
