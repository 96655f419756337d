using System.Text.Json;
using PyAirtable.Automation.Replies;
using PyAirtable.Hosting.Errors;

namespace PyAirtable.Automation.Steps;

/// <summary><c>condition</c>: compares two values and reports; the steps after it run whatever comes out (automation contract 3.6, D34).</summary>
internal sealed class ConditionStep : IStep
{
    public bool IsImmediate => true;

    public Task<string> RunAsync(JsonElement step, StepContext context, CancellationToken cancel)
    {
        var condition = step.TryGetProperty("condition", out var given) ? given : JsonElement.Parse("{}"u8);
        if (condition.ValueKind != JsonValueKind.Object)
        {
            throw new StepFailedException($"'{PythonText.TypeOf(condition)}' object has no attribute 'get'");
        }
        var (left, leftText) = Side(condition, "left", context);
        var (right, rightText) = Side(condition, "right", context);
        var type = condition.TryGetProperty("type", out var named) ? named : JsonElement.Parse("\"equals\""u8);
        var met = (type.ValueKind == JsonValueKind.String ? type.GetString() : null) switch
        {
            "equals" => leftText == rightText,
            "not_equals" => leftText != rightText,
            "contains" => leftText.Contains(rightText, StringComparison.Ordinal),
            "not_contains" => !leftText.Contains(rightText, StringComparison.Ordinal),
            _ => false,
        };
        return Task.FromResult(JsonReply.Text((met, left, right, type), static (json, found) =>
        {
            json.WriteBoolean("condition_met"u8, found.met);
            JsonReply.WriteRaw(json, "left_value"u8, found.left);
            JsonReply.WriteRaw(json, "right_value"u8, found.right);
            JsonReply.WriteRaw(json, "condition_type"u8, JsonReply.Compact(found.type, "null"));
        }));
    }

    // The value as JSON and as the text that is compared.
    private static (string Json, string Text) Side(JsonElement condition, string name, StepContext context)
    {
        var value = condition.TryGetProperty(name, out var given) ? given : default;
        if (value.ValueKind != JsonValueKind.String)
        {
            return (JsonReply.Compact(value, "null"), PythonText.Of(value));
        }
        var text = context.Fill(value.GetString()!);
        return ($"\"{MinimalJsonEncoder.Instance.Encode(text)}\"", text);
    }
}
