using System.Globalization;
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
    private const double Tolerance = 0.05;
    private const string Path = "/api/platform/auth/verify";

    /// <summary>Runs it: 0 if the rates are within 5%, and iterations are begun on time.</summary>
    public static async Task<int> RunAsync(LoadLoop loop, Arguments arguments, CancellationToken cancel)
    {
        var during = arguments.During ?? TimeSpan.FromSeconds(5);
        var isOnTime = await PacingCheck.RunAsync(loop, during, cancel);
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
        var ratio = ours.Zip(theirs, (our, their) => our / their).Order().ElementAt(Rounds / 2);
        var passes = Math.Abs(ratio - 1) <= Tolerance;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"crosscheck: median ratio {ratio:0.000}, {(passes ? "pass" : "fall short")} (within 5%)"));
        return passes && isOnTime ? 0 : 1;
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
