using PyAirtable.Load.Loop;
using PyAirtable.Load.Statistics;
using PyAirtable.Load.Systems;

namespace PyAirtable.Load.Scenarios;

/// <summary>Does something to a system while a scenario keeps the load up.</summary>
internal static class UnderLoad
{
    /// <summary>Runs the scenario for as long as that takes.</summary>
    /// <param name="scenario">The load; it must be longer.</param>
    /// <param name="loop">Where it runs.</param>
    /// <param name="system">What it runs against.</param>
    /// <param name="operate">What is done, begun with the first sample, when the load is there; cancelled when the load has ended.</param>
    /// <param name="cancel">Ends both early.</param>
    public static async Task<ScenarioResult> RunAsync(Scenario scenario, LoadLoop loop, SystemUnderTest system, Func<CancellationToken, Task> operate, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        Task? operating = null;
        scenario.WithStopWhen(_ => (operating ??= Task.Run(() => operate(stop.Token), CancellationToken.None)).IsCompleted);
        using var runner = new ScenarioRunner(scenario, loop, system, cancel);
        var result = await runner.RunAsync();
        await stop.CancelAsync();
        await (operating ?? Task.CompletedTask);
        return result;
    }
}
