using PyAirtable.Bench.Goals;
using PyAirtable.Bench.Platform;
using PyAirtable.Testing;

namespace PyAirtable.Bench.Automation;

/// <summary>Two and four processes on one PostgreSQL, one of them killed on the way: no run is taken twice.</summary>
internal static class ProcessesBench
{
    private const int Workflows = 40;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>So many runs of one step each for each number of processes; 1 if one is run twice, or not at all.</summary>
    public static async Task<int> RunAsync(int runs)
    {
        var report = new BenchReport("workflows-processes");
        await using var server = new PostgresServer();
        foreach (var count in (int[])[2, 4])
        {
            await RunAsync(await server.CreateDatabaseAsync(), count, runs, report);
        }
        return report.Finish();
    }

    private static async Task RunAsync(string url, int count, int runs, BenchReport report)
    {
        await using var effects = new EffectServer();
        var processes = new List<AutomationProcess>();
        for (var i = 0; i < count; i++)
        {
            processes.Add(await AutomationProcess.StartAsync(url));
        }
        var workflows = new List<int>();
        for (var i = 0; i < Workflows; i++)
        {
            workflows.Add(await processes[0].AddWorkflowAsync(effects.Steps(1)));
        }
        await using var rows = new ExecutionRows(url);
        await rows.AddAsync(runs, (workflows[0], workflows[^1]), "PENDING");
        while (await rows.CountAsync(0, "COMPLETED") < runs / 2)
        {
            await Task.Delay(20);
        }
        processes[^1].Kill();
        var end = DateTime.UtcNow + Patience;
        while (await rows.CountAsync(0, "PENDING", "RUNNING") > 0 && DateTime.UtcNow < end)
        {
            await Task.Delay(200);
        }

        var ended = await rows.StatusesAsync();
        report.AtLeast($"runs that ended, {count} processes", ended.Count(static run => run.Value is "COMPLETED" or "FAILED"), "", runs);
        report.None($"runs that were run twice, {count} processes", effects.Effects.Count(static effect => effect.Value > 1));
        report.AtMost($"runs cut short by the kill of one, {count} processes", ended.Count(static run => run.Value == "FAILED"), "", 8);
        foreach (var process in processes)
        {
            await process.DisposeAsync();
        }
    }
}
