using System.Diagnostics;
using System.Globalization;
using PyAirtable.Bench.Goals;
using PyAirtable.Bench.Platform;
using PyAirtable.Testing;

namespace PyAirtable.Bench.Automation;

/// <summary>Runs of one <c>log</c> step that the service stores: how many a second, how soon they begin, and what more stored runs change.</summary>
internal static class ThroughputBench
{
    private const int Workflows = 20;
    private const int Clients = 64;
    private const int Seconds = 10;
    private const int Rounds = 7;
    private const int Few = 1_000;
    private const int Many = 1_000_000;
    private const int StartRate = 300;
    private const double StartGoal = 20;
    private const double LeastShare = 0.9;
    private const string Steps = """[{"type":"log","message":"run {execution_id} of {workflow_id}"}]""";

    /// <summary>So many runs where they are made beforehand; 1 if a goal is missed.</summary>
    public static async Task<int> RunAsync(int rows)
    {
        var report = new BenchReport("workflows");
        await using var server = new PostgresServer();
        await MeasureAsync("PostgreSQL", await server.CreateDatabaseAsync(), await server.CreateDatabaseAsync(), rows, 3000, report);
        var folder = Directory.CreateTempSubdirectory("automation-throughput-").FullName;
        await MeasureAsync("SQLite", $"sqlite:///{folder}/few.db", $"sqlite:///{folder}/many.db", rows, 5000, report);
        Directory.Delete(folder, recursive: true);
        return report.Finish();
    }

    private static async Task MeasureAsync(string engine, string url, string largeUrl, int rows, double least, BenchReport report)
    {
        await using var table = await PrepareAsync(url, Few);
        report.AtLeast($"runs of one step a second, pending beforehand, {engine}", await DrainAsync(url, table, rows), "/s", least);
        report.AtLeast($"runs of one step a second, all of one workflow, {engine}", await DrainAsync(url, table, rows / 3, workflows: 1), "/s", least / 2);
        await table.SettleAsync();
        await using (var automation = await AutomationProcess.StartAsync(url))
        {
            report.AtLeast($"runs of one step a second, triggered by {Clients} clients, {engine}", await TriggerAsync(automation, table, Clients, rate: 0), "/s", least);
            await table.SettleAsync();
            var last = await table.LastIdAsync();
            await TriggerAsync(automation, table, 16, rate: StartRate);
            var waits = await table.WaitsAsync(last);
            report.AtMost($"p99 from trigger to start at {StartRate}/s, {engine}", Quantile.At(waits, 0.99), "ms", StartGoal);
            report.Add($"p50 from trigger to start at {StartRate}/s, {engine}", Quantile.Median(waits), "ms");
            report.Add($"longest from trigger to start at {StartRate}/s, {engine}", waits[^1], "ms");
        }
        await using var large = await PrepareAsync(largeUrl, Many);
        await table.DropAsync(Few);
        await CompareAsync(engine, (url, table), (largeUrl, large), rows / 3, report);
    }

    private static async Task<ExecutionRows> PrepareAsync(string url, int stored)
    {
        await using (var automation = await AutomationProcess.StartAsync(url))
        {
            for (var i = 0; i < Workflows; i++)
            {
                await automation.AddWorkflowAsync(Steps);
            }
        }
        var table = new ExecutionRows(url);
        await table.AddAsync(stored, (1, Workflows), "COMPLETED");
        return table;
    }

    // By turns, and the ratio within each turn: what else the machine does falls on both sides. Each begins on tables that are at rest.
    private static async Task CompareAsync(string engine, (string Url, ExecutionRows Table) few, (string Url, ExecutionRows Table) many, int rows, BenchReport report)
    {
        var (rates, ratios) = (new List<(double Few, double Many)>(), new List<double>());
        for (var i = 0; i < Rounds; i++)
        {
            var first = await DrainOnceAsync(i % 2 == 0 ? few : many, rows);
            var second = await DrainOnceAsync(i % 2 == 0 ? many : few, rows);
            rates.Add(i % 2 == 0 ? (first, second) : (second, first));
            ratios.Add(rates[^1].Many / rates[^1].Few);
        }
        report.AtLeast(
            $"runs of one step a second with {Many:N0} stored, {engine}",
            Quantile.Median(rates.Select(static rate => rate.Many)), "/s",
            Quantile.Median(rates.Select(static rate => rate.Few)), $"with {Few:N0} stored", LeastShare, Quantile.Median(ratios));
        report.Add($"that ratio by turns, {engine}", string.Join(' ', ratios.Order().Select(Quantity.Format)));
    }

    private static async Task<double> DrainOnceAsync((string Url, ExecutionRows Table) database, int rows)
    {
        var last = await database.Table.LastIdAsync();
        var rate = await DrainAsync(database.Url, database.Table, rows);
        await database.Table.DropAsync(last);
        return rate;
    }

    private static async Task<double> DrainAsync(string url, ExecutionRows table, int rows, int workflows = Workflows)
    {
        var last = await table.LastIdAsync();
        await table.AddAsync(rows, (1, workflows), "PENDING");
        await table.SettleAsync();
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
            await Task.Delay(200);
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
