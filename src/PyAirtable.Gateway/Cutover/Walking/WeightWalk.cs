namespace PyAirtable.Gateway.Cutover.Walking;

/// <summary>Raises a weight step by step, and stays at each for a while, as long as the guard lets it.</summary>
/// <param name="call">The running gateway.</param>
/// <param name="arguments">Which group, through which weights.</param>
/// <param name="output">Where progress goes, a line a second.</param>
/// <param name="clock">The clock.</param>
internal sealed class WeightWalk(AdminCall call, CutoverArguments arguments, TextWriter output, TimeProvider clock)
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <summary>Walks to the end.</summary>
    /// <returns>Why it stopped before that; null where it did not.</returns>
    /// <exception cref="AdminCallException">The gateway gave no answer; the weight stays as it was set last.</exception>
    public async Task<string?> RunAsync(CancellationToken cancel)
    {
        int? from = null;
        foreach (var weight in arguments.Weights)
        {
            // What the guard does between the last look and this is not undone.
            await call.SetAsync(arguments.Group, weight, from, cancel);
            from = weight;
            await output.WriteLineAsync($"{arguments.Group}: weight {weight} %, for {arguments.Bake.TotalSeconds:0} s");
            var begun = clock.GetTimestamp();
            while (clock.GetElapsedTime(begun) < arguments.Bake)
            {
                var left = arguments.Bake - clock.GetElapsedTime(begun);
                await Task.Delay(left < Look ? left : Look, clock, cancel);
                if (await FaultAsync(weight, arguments.Bake - clock.GetElapsedTime(begun), cancel) is { } fault)
                {
                    return fault;
                }
            }
        }
        return null;
    }

    private async Task<string?> FaultAsync(int weight, TimeSpan left, CancellationToken cancel)
    {
        var group = (await call.ShowAsync(cancel)).FirstOrDefault(group => group.Name == arguments.Group);
        await output.WriteLineAsync($"  {Math.Max(0, left.TotalSeconds),4:0} s left  {group}");
        return group is null ? "the group is there no longer"
            : group.Weight == weight ? null
            : group.SetBy == "guard" ? $"the guard moved the weight back to {group.Weight} %: {group.Reason}"
            : $"somebody else set the weight to {group.Weight} %";
    }
}
