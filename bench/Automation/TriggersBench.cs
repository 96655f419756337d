using System.Diagnostics;
using System.Globalization;
using PyAirtable.Bench.Platform;
using PyAirtable.Testing;

namespace PyAirtable.Bench.Automation;

/// <summary>What an upload takes longer where very many workflows wait for other files, and for other events.</summary>
internal static class TriggersBench
{
    private const int Uploads = 300;

    /// <summary>So many workflows; 1 if an upload takes more than a millisecond longer.</summary>
    public static async Task<int> RunAsync(int workflows)
    {
        var goals = new GoalTable();
        GoalTable.WriteHead();
        var folder = Directory.CreateTempSubdirectory("automation-triggers-").FullName;
        await CompareAsync("SQLite", $"sqlite:///{folder}/none.db", $"sqlite:///{folder}/many.db", workflows, goals);
        Directory.Delete(folder, recursive: true);
        await using var server = new PostgresServer();
        await CompareAsync("PostgreSQL", await server.CreateDatabaseAsync(), await server.CreateDatabaseAsync(), workflows, goals);
        return goals.ExitCode;
    }

    private static async Task CompareAsync(string engine, string url, string fullUrl, int workflows, GoalTable goals)
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
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {engine}: an upload takes {before:0.00} ms without workflows, {after:0.00} ms with {workflows}"));
        goals.AtMost($"{engine}: ms that an upload takes longer with {workflows} workflows", after - before, 1);
    }

    private static async Task<double> UploadAsync(AutomationProcess automation)
    {
        var began = Stopwatch.GetTimestamp();
        await automation.UploadAsync("a.txt");
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }
}
