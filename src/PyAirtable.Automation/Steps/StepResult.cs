using PyAirtable.Automation.Replies;

namespace PyAirtable.Automation.Steps;

/// <summary>What became of one step.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Name">Its name, as JSON.</param>
/// <param name="Result">A JSON object; null when it failed.</param>
/// <param name="Error">Why it failed; null when it did not.</param>
internal sealed record StepResult(int Number, string Name, string? Result, string? Error)
{
    /// <summary>The result of a run (automation contract 3.7).</summary>
    public static string Summarise(IReadOnlyList<StepResult> results) => JsonReply.Text(results, static (json, results) =>
    {
        json.WriteNumber("steps_executed"u8, results.Count);
        json.WriteNumber("steps_successful"u8, results.Count(result => result.Error is null));
        json.WriteNumber("steps_failed"u8, results.Count(result => result.Error is not null));
        json.WriteStartArray("results"u8);
        foreach (var result in results)
        {
            json.WriteStartObject();
            json.WriteNumber("step"u8, result.Number);
            JsonReply.WriteRaw(json, "name"u8, result.Name);
            if (result.Result is { } output)
            {
                JsonReply.WriteRaw(json, "result"u8, output);
            }
            else
            {
                json.WriteString("error"u8, result.Error);
            }
            json.WriteString("status"u8, result.Error is null ? "success"u8 : "failed"u8);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    });
}
