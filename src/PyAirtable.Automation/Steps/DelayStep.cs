using System.Text.Json;
using PyAirtable.Automation.Replies;

namespace PyAirtable.Automation.Steps;

/// <summary><c>delay</c>: waits for a number of seconds (automation contract 3.4). The run's own time limit ends a longer wait.</summary>
internal sealed class DelayStep(TimeProvider clock) : IStep
{
    private const int Default = 1;

    // More than a run may last; timers take no more than 49 days.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    public async Task<string> RunAsync(JsonElement step, StepContext context, CancellationToken cancel)
    {
        var given = step.TryGetProperty("delay", out var delay);
        var seconds = delay.ValueKind switch
        {
            JsonValueKind.Undefined => Default,
            JsonValueKind.Number => delay.GetDouble(),
            JsonValueKind.True => 1,
            JsonValueKind.False => 0,
            _ => throw new StepFailedException($"'<=' not supported between instances of '{PythonText.TypeOf(delay)}' and 'int'"),
        };
        if (seconds > 0)
        {
            await Task.Delay(seconds < Longest.TotalSeconds ? TimeSpan.FromSeconds(seconds) : Longest, clock, cancel);
        }
        return JsonReply.Text(given ? JsonReply.Compact(delay, "null") : "1", static (json, seconds) => JsonReply.WriteRaw(json, "delayed_seconds"u8, seconds));
    }
}
