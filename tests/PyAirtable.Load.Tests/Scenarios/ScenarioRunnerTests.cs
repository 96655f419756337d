using PyAirtable.Load.Loop;
using PyAirtable.Load.Scenarios;
using PyAirtable.Load.Simulations;
using PyAirtable.Load.Statistics;
using PyAirtable.Load.Systems;
using PyAirtable.Load.Thresholds;

namespace PyAirtable.Load.Tests.Scenarios;

public sealed class ScenarioRunnerTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(200);

    [Fact]
    public void RunAsync_Inject_BeginsAsManyAsAreDueAndMeasuresEach()
    {
        var result = Run(Of(context => StepAsync(context, Response.Ok(3))).WithLoadSimulations(Simulation.Inject(500, Second, Short), Simulation.Pause(Short / 4), Simulation.RampingInject(1000, Second, Short)));

        Assert.Equal((100 + 100, 0L, 200L * 3), (result.All.Ok, result.All.Failed, result.All.Bytes));
        Assert.Equal(["work"], result.Steps.Select(step => step.Name));
        Assert.True(result.LatenessP99 >= 0);
    }

    [Fact]
    public void RunAsync_KeepConstant_HasAsManyUnderWayAndNoMore()
    {
        var (underWay, most) = (0, 0);

        var result = Run(Of(async context =>
        {
            most = Math.Max(most, ++underWay);
            await context.ThinkAsync(TimeSpan.FromMilliseconds(1));
            await StepAsync(context, Response.Ok());
            underWay--;
        }).WithLoadSimulations(Simulation.KeepConstant(7, Second)));

        Assert.Equal(7, most);
        Assert.True(result.All.Ok >= 7);
        Assert.True(double.IsNaN(result.LatenessP99));
    }

    [Fact]
    public void RunAsync_WarmUp_IsNotCounted()
    {
        var begun = 0;

        var result = Run(Of(context =>
        {
            begun++;
            return StepAsync(context, Response.Ok());
        }).WithWarmUpDuration(Short).WithLoadSimulations(Simulation.Inject(1000, Second, Short)));

        Assert.Equal((200L, 250), (result.All.Ok, begun));
    }

    [Fact]
    public void RunAsync_StepsFail_AreCountedByReasonAndMissTheThreshold()
    {
        var number = 0;

        var result = Run(Of(context => StepAsync(context, number++ % 4 == 0 ? Response.Fail("status 503") : Response.Ok()))
            .WithLoadSimulations(Simulation.Inject(1000, Second, Short)).WithThresholds(Threshold.AtLeast(Figure.Success, 99.9)));

        Assert.Equal((150L, 50L, 75.0), (result.All.Ok, result.All.Failed, result.All.SuccessPercent));
        Assert.Equal(50, result.All.Reasons["status 503"]);
        Assert.False(result.Passes);
    }

    [Fact]
    public void RunAsync_SlowFirst_CountsFromWhenItWasDue()
    {
        // The loop does nothing else for a while: what was due meanwhile has waited.
        var first = true;

        var result = Run(Of(context =>
        {
            for (var ends = LoadClock.Now + (60 * LoadClock.Millisecond); first && LoadClock.Now < ends;)
            {
            }
            first = false;
            return StepAsync(context, Response.Ok());
        }).WithLoadSimulations(Simulation.Inject(1000, Second, Short)));

        Assert.True(result.All.P75 >= 0 && result.All.P95 >= 30, $"p95 {result.All.P95}");
    }

    [Fact]
    public void RunAsync_ScenarioThrows_FailsWithIt()
    {
        var failure = Assert.Throws<InvalidOperationException>(() => Run(Of(_ => throw new FormatException("no such thing")).WithLoadSimulations(Simulation.Inject(100, Second, TimeSpan.FromHours(1)))));

        Assert.Contains("no such thing", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RunAsync_EnoughSeen_EndsEarly()
    {
        var result = Run(Of(context => StepAsync(context, Response.Ok())).WithLoadSimulations(Simulation.Inject(100, Second, TimeSpan.FromSeconds(500))).WithStopWhen(samples => samples.Count > 0));

        Assert.NotEmpty(result.Samples);
        Assert.False(result.Interrupted);
    }

    [Fact]
    public void RunAsync_Ended_RunsInitBeforeAndCleanAfter()
    {
        List<string> done = [];

        Run(Of(async context =>
            {
                done.Add("run");
                await StepAsync(context, Response.Ok());
            })
            .WithInit(() =>
            {
                done.Add("init");
                return Task.CompletedTask;
            })
            .WithClean(() =>
            {
                done.Add("clean");
                return ValueTask.CompletedTask;
            })
            .WithLoadSimulations(Simulation.Inject(10, Second, Short / 2)));

        Assert.Equal(["init", "run", "clean"], done);
    }

    private static Scenario Of(Func<ScenarioContext, ValueTask> run) => Scenario.Create("test", run);

    private static async ValueTask StepAsync(ScenarioContext context, Response response) => await Step.RunAsync("work", context, () => ValueTask.FromResult(response));

    private static ScenarioResult Run(Scenario scenario) => LoadLoop.Run(async loop =>
    {
        await using var system = new RemoteSystem(loop, new Uri("http://127.0.0.1:1"), "key", 1);
        using var runner = new ScenarioRunner(scenario, loop, system, CancellationToken.None);
        return await runner.RunAsync();
    });
}
