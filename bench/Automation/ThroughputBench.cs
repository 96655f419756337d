using System.Diagnostics;
using System.Globalization;
using PyAirtable.Bench.Platform;
using PyAirtable.Testing;

namespace PyAirtable.Bench.Automation;

/// <summary>Runs of one <c>log</c> step that the service stores: how many a second, how soon they begin, and what more stored runs change.</summary>
internal static class ThroughputBench
{
    private const int Workflows = 20;
    private const int Clients = 64;
    private const int Seconds = 10;
    private const int Few = 1_000;
    private const int Many = 1_000_000;
    private const string Steps = """[{"type":"log","message":"run {execution_id} of {workflow_id}"}]""";

    /// <summary>So many runs where they are made beforehand; 1 if a goal is missed.</summary>
    public static async Task<int> RunAsync(int rows)
    {
        var goals = new GoalTable();
        GoalTable.WriteHead();
        await using var server = new PostgresServer();
        await MeasureAsync("PostgreSQL", await server.CreateDatabaseAsync(), rows, 3000, goals);
        var folder = Directory.CreateTempSubdirectory("automation-throughput-").FullName;
        await MeasureAsync("SQLite", $"sqlite:///{folder}/throughput.db", rows, 5000, goals);
        Directory.Delete(folder, recursive: true);
        return goals.ExitCode;
    }

    private static async Task MeasureAsync(string engine, string url, int rows, double least, GoalTable goals)
    {
        await using var table = new ExecutionRows(url);
        await using (var automation = await AutomationProcess.StartAsync(url))
        {
            for (var i = 0; i < Workflows; i++)
            {
                await automation.AddWorkflowAsync(Steps);
            }
        }
        await table.AddAsync(Few, (1, Workflows), "COMPLETED");
        await table.SettleAsync();
        goals.AtLeast($"{engine}: runs a second, pending beforehand", await DrainAsync(url, table, rows), least);
        goals.AtLeast($"{engine}: runs a second of one workflow", await DrainAsync(url, table, rows / 3, workflows: 1), least / 2);
        await using (var automation = await AutomationProcess.StartAsync(url))
        {
            goals.AtLeast($"{engine}: runs a second, triggered by {Clients} clients", await TriggerAsync(automation, table, Clients, rate: 0), least);
            var last = await table.LastIdAsync();
            await TriggerAsync(automation, table, 16, rate: 300);
            var waits = await table.WaitsAsync(last);
            goals.AtMost($"{engine}: ms from trigger to start, p99 at 300/s", waits[(int)(waits.Count * 0.99)], 20);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  p50 {waits[waits.Count / 2]:0.0} ms, longest {waits[^1]:0.0} ms"));
        }
        await CompareAsync(engine, url, table, rows, goals);
    }

    // Few and many stored runs, by turns: a busy machine then falls on both sides.
    private static async Task CompareAsync(string engine, string url, ExecutionRows table, int rows, GoalTable goals)
    {
        var few = new List<double>();
        for (var i = 0; i < 3; i++)
        {
            few.Add(await DrainAsync(url, table, rows));
        }
        await table.AddAsync(Many, (1, Workflows), "COMPLETED");
        await table.SettleAsync();
        var many = new List<double>();
        for (var i = 0; i < 3; i++)
        {
            many.Add(await DrainAsync(url, table, rows));
        }
        few.Sort();
        many.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {engine}: {few[1]:0} runs a second with few stored, {many[1]:0} with {Many} more"));
        goals.AtLeast($"{engine}: % of that speed with {Many} stored runs", many[1] / few[1] * 100, 90);
    }

    private static async Task<double> DrainAsync(string url, ExecutionRows table, int rows, int workflows = Workflows)
    {
        var last = await table.LastIdAsync();
        await table.AddAsync(rows, (1, workflows), "PENDING");
        await using var automation = await AutomationProcess.StartAsync(url);
        await WaitAsync(table, last);
        return rows / await table.SecondsAsync(last);
    }

    private static async Task<double> TriggerAsync(AutomationProcess automation, ExecutionRows table, int clients, int rate)
    {
        var last = await table.LastIdAsync();
        using var load = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["trigger", Text(automation.Port), Text(Workflows), Text(clients), Text(rate), Text(Seconds)]))!;
        await load.WaitForExitAsync();
        await WaitAsync(table, last);
        return await table.CountAsync(last, "COMPLETED") / await table.SecondsAsync(last);
    }

    private static async Task WaitAsync(ExecutionRows table, int last)
    {
        while (await table.CountAsync(last, "PENDING", "RUNNING") > 0)
        {
            await Task.Delay(100);
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
