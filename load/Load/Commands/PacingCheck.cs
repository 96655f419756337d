using PyAirtable.Bench.Goals;
using PyAirtable.Load.Loop;
using PyAirtable.Load.Scenarios;
using PyAirtable.Load.Simulations;
using PyAirtable.Load.Systems;

namespace PyAirtable.Load.Commands;

/// <summary>How late iterations are begun that do nothing: what the generator by itself keeps to.</summary>
internal static class PacingCheck
{
    private const double Rate = 20_000;
    private const double LimitMilliseconds = 1;

    /// <summary>Measures it: 99% of them are to be begun within a millisecond.</summary>
    public static async Task RunAsync(LoadLoop loop, BenchReport report, TimeSpan during, CancellationToken cancel)
    {
        // Nothing is sent to it.
        await using var nobody = new RemoteSystem(loop, new Uri("http://127.0.0.1:1"), "", 1);
        var scenario = Scenario.Create("pacing", DoNothingAsync).WithLoadSimulations(Simulation.Inject(Rate, TimeSpan.FromSeconds(1), during)).WithWarmUpDuration(TimeSpan.FromSeconds(1));
        using var runner = new ScenarioRunner(scenario, loop, nobody, cancel);
        var result = await runner.RunAsync();
        report.AtMost("iterations that do nothing, 20,000/s: begun late, P99", result.LatenessP99, "ms", LimitMilliseconds);
        report.Add("the latest of them", result.LatenessMax, "ms");
        report.Add("begun", result.All.PerSecond, "/s");
        report.Add("cores of the generator for it", result.Usage.GeneratorSeconds / result.Seconds, "");
    }

    private static async ValueTask DoNothingAsync(ScenarioContext context) => await Step.RunAsync("nothing", context, static () => ValueTask.FromResult(Response.Ok()));
}
