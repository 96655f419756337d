using System.Diagnostics;
using System.Globalization;
using PyAirtable.Bench.Goals;
using PyAirtable.Testing;

namespace PyAirtable.Load.Rehearsal;

/// <summary>What the operator does, step after step, while clients go on.</summary>
/// <param name="system">Both sides and the gateway.</param>
/// <param name="sides">Makes things on one side and uses them on the other.</param>
/// <param name="traffic">The clients.</param>
/// <param name="report">Takes what is found.</param>
/// <param name="bake">How long each step is looked at.</param>
internal sealed class CutoverOperation(RehearsalSystem system, BothSides sides, ClientTraffic traffic, BenchReport report, TimeSpan bake) : IDisposable
{
    private static readonly string[] Groups = ["platform", "automation"];
    private static readonly TimeSpan GuardLimit = TimeSpan.FromSeconds(10);

    private readonly CutoverAdmin _admin = new(system.Gateway, RehearsalSystem.AdminKey);
    private readonly long _began = Stopwatch.GetTimestamp();
    private long _fault;

    /// <summary>Whether a moment is in the first second of the fault.</summary>
    public bool IsOfFault(long at) => _fault != 0 && at >= _fault && Stopwatch.GetElapsedTime(_fault, at) <= TimeSpan.FromSeconds(1);

    /// <summary>Does it all.</summary>
    /// <param name="cancel">Ends it early.</param>
    /// <exception cref="InvalidOperationException">Something made on one side does not work on the other, or the guard did nothing.</exception>
    public async Task RunAsync(CancellationToken cancel)
    {
        await BakeAsync("shadow: Python answers, copies go to ours", cancel);
        foreach (var weight in (int[])[1, 10, 50, 100])
        {
            await SetAsync(weight);
            await BakeAsync(string.Create(CultureInfo.InvariantCulture, $"{weight}%"), cancel);
        }
        await CompareAsync();
        await BreakAsync(cancel);
        await WalkAsync();
        await BakeAsync("100% again", cancel);
        await RollBackAsync();
        await BakeAsync("back on Python", cancel);
    }

    /// <inheritdoc/>
    public void Dispose() => _admin.Dispose();

    private async Task SetAsync(int weight)
    {
        foreach (var group in Groups)
        {
            await _admin.SetAsync(group, weight);
        }
    }

    private async Task BakeAsync(string step, CancellationToken cancel)
    {
        await Task.Delay(bake, cancel);
        await sides.CheckAsync();
        Say($"{step}: tokens, accounts, files and workflows of each side work on the other; {traffic.Failures.Count} requests failed so far");
    }

    private async Task CompareAsync()
    {
        var differences = await _admin.DifferencesAsync();
        foreach (var line in differences)
        {
            Console.WriteLine("  " + line);
        }
        foreach (var group in Groups)
        {
            var (same, different, dropped) = await _admin.ShadowAsync(group);
            report.None(string.Create(CultureInfo.InvariantCulture, $"{group}: answers that differ of {same + different:N0} that both sides gave"), different);
            report.Add($"{group}: copies left out, since too many were under way", dropped, "");
        }
    }

    // The platform is killed: its clients see errors until the guard gives it up.
    private async Task BreakAsync(CancellationToken cancel)
    {
        _fault = Stopwatch.GetTimestamp();
        system.Platform.Kill();
        while ((await _admin.WeightAsync("platform")).Weight != 0)
        {
            if (Stopwatch.GetElapsedTime(_fault) > GuardLimit)
            {
                throw new InvalidOperationException("the guard did not give up a side that is gone");
            }
            await Task.Delay(5, cancel);
        }
        var (_, setBy) = await _admin.WeightAsync("platform");
        report.AtMost($"fault: time until the weight is back on Python, set by the {setBy}", Stopwatch.GetElapsedTime(_fault).TotalMilliseconds, "ms", 1000);
        await Task.Delay(bake, cancel);
        Say($"fault: Python answers for the platform; {traffic.Failures.Count} requests failed so far");
        await system.Platform.StartAsync();
        await sides.WaitForNativeAsync(cancel);
    }

    // By the command that an operator uses.
    private async Task WalkAsync()
    {
        var (code, output, errors) = await ExecutableProcess.RunAsync(
            PublishedExecutable.Gateway, Path.GetTempPath(), new Dictionary<string, string> { ["CUTOVER_ADMIN_KEY"] = RehearsalSystem.AdminKey },
            "cutover", "walk", "platform", "--bake", string.Create(CultureInfo.InvariantCulture, $"{bake.TotalMilliseconds:0}ms"), "--url", system.Gateway.ToString());
        Console.WriteLine(output);
        if (code != 0)
        {
            throw new InvalidOperationException($"the walk ended with {code}: {errors}");
        }
    }

    private async Task RollBackAsync()
    {
        var began = Stopwatch.GetTimestamp();
        await SetAsync(0);
        report.AtMost("rollback of both groups: time until the admin calls are answered, after which no request goes to ours", Stopwatch.GetElapsedTime(began).TotalMilliseconds, "ms", 1000);
    }

    private void Say(string line) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(_began).TotalSeconds,5:0.0} s  {line}"));
}
