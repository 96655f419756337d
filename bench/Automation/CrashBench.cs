using System.Globalization;
using PyAirtable.Bench.Goals;
using PyAirtable.Bench.Platform;
using PyAirtable.Testing;

namespace PyAirtable.Bench.Automation;

/// <summary>
/// Kills the service inside workflows of 20 steps, each of which changes something outside: at every boundary of a step, and at random
/// inside steps. Then all runs must have ended, and go on where they were; no step that is recorded as done is done again.
/// </summary>
internal static class CrashBench
{
    private const int Steps = 20;
    private const int Workflows = 3;

    // Within it a step's answer is read and stored, and the next one begun.
    private const double LongestMilliseconds = 12;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>So many kills on each engine; 1 if anything is lost or done twice.</summary>
    public static async Task<int> RunAsync(int kills)
    {
        var report = new BenchReport("workflows-crash");
        var folder = Directory.CreateTempSubdirectory("automation-crash-").FullName;
        await KillAsync("SQLite", $"sqlite:///{folder}/crash.db", kills, report);
        Directory.Delete(folder, recursive: true);
        await using var server = new PostgresServer();
        await KillAsync("PostgreSQL", await server.CreateDatabaseAsync(), kills, report);
        return report.Finish();
    }

    private static async Task KillAsync(string engine, string url, int kills, BenchReport report)
    {
        await using var effects = new EffectServer();
        var acknowledged = new List<int>();
        var random = new Random(kills);
        for (var i = 0; i < kills; i++)
        {
            await KillOnceAsync(url, i, effects, acknowledged, random);
            if ((i + 1) % 20 == 0)
            {
                Console.WriteLine($"  {engine}: {i + 1} kills, {acknowledged.Count} runs acknowledged, {effects.Effects.Count} effects");
            }
        }
        effects.Heard = null;

        await using var automation = await AutomationProcess.StartAsync(url);
        await using var rows = new ExecutionRows(url);
        await WaitUntilEndedAsync(rows);
        var ended = await rows.StatusesAsync();
        var before = new Dictionary<string, int>(effects.Effects);
        var done = await rows.CompletedStepsAsync();
        report.AtLeast($"runs acknowledged over {kills} kills, {engine}", acknowledged.Count, "", kills);
        report.None($"acknowledged runs that are lost over {kills} kills, {engine}", acknowledged.Count(id => !ended.ContainsKey(id)));
        report.None($"effects that came twice, before anyone asked for it, over {kills} kills, {engine}", before.Count(static effect => effect.Value > 1));
        report.None($"steps recorded as done without an effect, {engine}", done.Count(key => !before.ContainsKey(key)));

        var interrupted = ended.Where(static run => run.Value == "FAILED").Select(static run => run.Key).ToList();
        foreach (var id in interrupted)
        {
            await automation.RetryAsync(id);
        }
        await WaitUntilEndedAsync(rows);
        var after = await rows.StatusesAsync();
        report.AtLeast($"interrupted runs that were run again, {engine}", interrupted.Count, "", 1);
        report.None($"runs that are not completed then, {engine}", after.Count(static run => run.Value != "COMPLETED"));
        report.None($"steps done again that were recorded as done, {engine}", done.Count(key => effects.Effects[key] != before[key]));
        report.None($"steps that were never done, {engine}", after.Keys.Sum(id => Enumerable.Range(1, Steps).Count(n => !effects.Effects.ContainsKey(Key(id, n)))));
        // The one step that was under way at a kill may have been done, and is done again, under the same key.
        report.AtMost($"steps done twice, of those under way at a kill, {engine}", effects.Effects.Count(static effect => effect.Value > 1), "", interrupted.Count);
    }

    // By turns: before the answer to a step's request, after it, and at random soon after the request of a random step.
    private static async Task KillOnceAsync(string url, int number, EffectServer effects, List<int> acknowledged, Random random)
    {
        await using var automation = await AutomationProcess.StartAsync(url);
        var workflows = new List<int>();
        for (var i = 0; i < Workflows; i++)
        {
            workflows.Add(await automation.AddWorkflowAsync(effects.Steps(Steps)));
        }
        var killed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var kind = number % 3;
        var place = kind == 2 ? random.Next(1, Steps + 1) : ((number / 3) % Steps) + 1;
        var later = kind == 2 ? TimeSpan.FromMilliseconds(random.NextDouble() * LongestMilliseconds) : TimeSpan.Zero;
        effects.Heard = (key, isAnswered) =>
        {
            if (isAnswered != (kind == 1) || !key.EndsWith($"-{place.ToString(CultureInfo.InvariantCulture)}", StringComparison.Ordinal))
            {
                return;
            }
            if (later == TimeSpan.Zero)
            {
                automation.Kill();
                killed.TrySetResult();
                return;
            }
            _ = Task.Delay(later).ContinueWith(_ => killed.TrySetResult(), TaskScheduler.Default);
        };
        foreach (var workflow in workflows)
        {
            if (await automation.TriggerAsync(workflow) is { } id)
            {
                acknowledged.Add(id);
            }
        }
        await Task.WhenAny(killed.Task, Task.Delay(Patience));
        automation.Kill();
    }

    private static async Task WaitUntilEndedAsync(ExecutionRows rows)
    {
        var end = DateTime.UtcNow + Patience;
        while (await rows.CountAsync(0, "PENDING", "RUNNING") is > 0 and var left)
        {
            if (DateTime.UtcNow > end)
            {
                throw new TimeoutException($"{left} executions do not end");
            }
            await Task.Delay(200);
        }
    }

    private static string Key(int execution, int step) => string.Create(CultureInfo.InvariantCulture, $"{execution}-{step}");
}
