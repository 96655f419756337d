using System.Text.Json;
using PyAirtable.Automation.Replies;

namespace PyAirtable.Automation.Steps;

/// <summary><c>log</c>: leaves a message in the result (automation contract 3.3).</summary>
internal sealed class LogStep : IStep
{
    private const string Default = "Log step executed";

    public bool IsImmediate => true;

    public Task<string> RunAsync(JsonElement step, StepContext context, CancellationToken cancel)
    {
        var given = step.TryGetProperty("message", out var message);
        if (given && message.ValueKind != JsonValueKind.String)
        {
            throw new StepFailedException($"'{PythonText.TypeOf(message)}' object has no attribute 'replace'");
        }
        var text = context.Fill(given ? message.GetString()! : Default);
        return Task.FromResult(JsonReply.Text(text, static (json, text) => json.WriteString("message"u8, text)));
    }
}
