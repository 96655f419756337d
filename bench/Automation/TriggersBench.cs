using System.Diagnostics;
using PyAirtable.Bench.Goals;
using PyAirtable.Bench.Platform;
using PyAirtable.Testing;

namespace PyAirtable.Bench.Automation;

/// <summary>What an upload takes longer where very many workflows wait for other files, and for other events.</summary>
internal static class TriggersBench
{
    private const int Uploads = 300;
    private const double MostMilliseconds = 1;

    /// <summary>So many workflows; 1 if an upload takes more than a millisecond longer.</summary>
    public static async Task<int> RunAsync(int workflows)
    {
        var report = new BenchReport("workflows-triggers");
        var folder = Directory.CreateTempSubdirectory("automation-triggers-").FullName;
        await CompareAsync("SQLite", $"sqlite:///{folder}/none.db", $"sqlite:///{folder}/many.db", workflows, report);
        Directory.Delete(folder, recursive: true);
        await using var server = new PostgresServer();
        await CompareAsync("PostgreSQL", await server.CreateDatabaseAsync(), await server.CreateDatabaseAsync(), workflows, report);
        return report.Finish();
    }

    private static async Task CompareAsync(string engine, string url, string fullUrl, int workflows, BenchReport report)
    {
        await using var empty = await AutomationProcess.StartAsync(url);
        await using var full = await AutomationProcess.StartAsync(fullUrl);
        await using (var rows = new ExecutionRows(fullUrl))
        {
            await rows.AddWaitingAsync(workflows);
        }
        var (without, with) = (new List<double>(), new List<double>());
        for (var i = 0; i < Uploads; i++)
        {
            without.Add(await UploadAsync(empty));
            with.Add(await UploadAsync(full));
        }
        without.Sort();
        with.Sort();
        var (before, after) = (without[Uploads / 2], with[Uploads / 2]);
        report.Add($"median of an upload without workflows, {engine}", before, "ms");
        report.Add($"median of an upload with {workflows:N0}, {engine}", after, "ms");
        report.AtMost($"longer that an upload takes with {workflows:N0} workflows that wait for other files and events, {engine}", after - before, "ms", MostMilliseconds);
    }

    private static async Task<double> UploadAsync(AutomationProcess automation)
    {
        var began = Stopwatch.GetTimestamp();
        await automation.UploadAsync("a.txt");
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }
}
