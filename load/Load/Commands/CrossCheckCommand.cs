using System.Globalization;
using PyAirtable.Bench.Goals;
using PyAirtable.Load.Http;
using PyAirtable.Load.Loop;
using PyAirtable.Load.Scenarios;
using PyAirtable.Load.Simulations;
using PyAirtable.Load.Systems;

namespace PyAirtable.Load.Commands;

/// <summary>
/// This generator beside wrk on the same server, by turns: the same request, as many connections, each with one request under way. The
/// server has one core, so that it is what bounds both.
/// </summary>
internal static class CrossCheckCommand
{
    private const int Copies = 64;
    private const int Rounds = 3;
    private const double TolerancePercent = 5;
    private const string Path = "/api/platform/auth/verify";

    /// <summary>Runs it: 0 if the rates are within 5%, and iterations are begun on time.</summary>
    public static async Task<int> RunAsync(LoadLoop loop, Arguments arguments, CancellationToken cancel)
    {
        var during = arguments.During ?? TimeSpan.FromSeconds(5);
        var report = new BenchReport("load-crosscheck");
        await PacingCheck.RunAsync(loop, report, during, cancel);
        await using var system = await ScenarioCommand.StartAsync(loop, arguments.System("crosscheck") with { Core = 0 }, Copies, ("PASSWORD_HASH_ROUNDS", "4"));
        var token = AnswerJson.Need(
            await system.Client.SendAsync(HttpCall.Post("/api/platform/auth/register", $$"""{"email":"{{Guid.NewGuid():N}}@example.com","password":"correct horse"}""")), "access_token");
        var (ours, theirs) = (new List<double>(), new List<double>());
        Console.WriteLine("round, ours/s, wrk/s, ratio");
        for (var round = 1; round <= Rounds; round++)
        {
            ours.Add(await OursAsync(loop, system, token, during, cancel));
            theirs.Add(await Wrk.RunAsync(new Uri(system.Gateway, Path), Copies, during, [$"X-API-Key: {system.Key}", $"Authorization: Bearer {token}"], cancel));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{round}, {ours[^1]:0}, {theirs[^1]:0}, {ours[^1] / theirs[^1]:0.000}"));
        }
        var ratio = Quantile.Median(ours.Zip(theirs, (our, their) => our / their));
        report.AtMost($"{Copies} connections, GET {Path}: difference of the rate from wrk's", Math.Abs(ratio - 1) * 100, "%", TolerancePercent);
        report.Add("rate, this generator", Quantile.Median(ours), "/s");
        report.Add("rate, wrk", Quantile.Median(theirs), "/s");
        report.Add("ratio, the median of the rounds", ratio, "");
        return report.Finish();
    }

    private static async Task<double> OursAsync(LoadLoop loop, SystemUnderTest system, string token, TimeSpan during, CancellationToken cancel)
    {
        var scenario = Scenario.Create("crosscheck", async context => await Step.SendAsync("verify", context, system.Client, HttpCall.Get(Path, token)))
            .WithWarmUpDuration(TimeSpan.FromSeconds(1)).WithLoadSimulations(Simulation.KeepConstant(Copies, during));
        using var runner = new ScenarioRunner(scenario, loop, system, cancel);
        var result = await runner.RunAsync();
        return result.All.Failed == 0 ? result.All.PerSecond : throw new InvalidOperationException($"{result.All.Failed} requests failed");
    }
}
