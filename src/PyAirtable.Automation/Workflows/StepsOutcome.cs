using PyAirtable.Automation.Replies;
using PyAirtable.Automation.Steps;

namespace PyAirtable.Automation.Workflows;

/// <summary>What became of a list of steps that were run in order.</summary>
/// <param name="Results">Those that were run.</param>
/// <param name="FailedAt">Path of the step whose failure ended it.</param>
/// <param name="Error">Why it failed; null when none did, or all were to be passed over.</param>
internal sealed record StepsOutcome(IReadOnlyList<StepResult> Results, string? FailedAt = null, string? Error = null)
{
    /// <summary>The result of a <c>for_each</c> step: for each item that was run what a run has for its steps.</summary>
    public static string Summarise(IReadOnlyList<StepsOutcome?> items) => JsonReply.Text(items, static (json, items) =>
    {
        json.WriteNumber("items"u8, items.Count);
        json.WriteStartArray("results"u8);
        foreach (var item in items)
        {
            json.WriteRawValue(StepResult.Summarise(item!.Results), skipInputValidation: true);
        }
        json.WriteEndArray();
    });
}
