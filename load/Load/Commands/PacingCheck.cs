using System.Globalization;
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

    /// <summary>Measures it; whether 99% of them are begun within a millisecond.</summary>
    public static async Task<bool> RunAsync(LoadLoop loop, TimeSpan during, CancellationToken cancel)
    {
        // Nothing is sent to it.
        await using var nobody = new RemoteSystem(loop, new Uri("http://127.0.0.1:1"), "", 1);
        var scenario = Scenario.Create("pacing", DoNothingAsync).WithLoadSimulations(Simulation.Inject(Rate, TimeSpan.FromSeconds(1), during)).WithWarmUpDuration(TimeSpan.FromSeconds(1));
        using var runner = new ScenarioRunner(scenario, loop, nobody, cancel);
        var result = await runner.RunAsync();
        var passes = result.LatenessP99 <= LimitMilliseconds;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"pacing: {result.All.PerSecond:0}/s begun, 99% of them at most {result.LatenessP99:0.000} ms late (limit {LimitMilliseconds}), the latest {result.LatenessMax:0.000} ms; {result.Usage.GeneratorSeconds / result.Seconds:0.00} cores: {(passes ? "pass" : "fall short")}"));
        return passes;
    }

    private static async ValueTask DoNothingAsync(ScenarioContext context) => await Step.RunAsync("nothing", context, static () => ValueTask.FromResult(Response.Ok()));
}
