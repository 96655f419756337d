using System.Text.Json;

namespace PyAirtable.Automation.Steps;

/// <summary>What steps are told, as their configuration has it.</summary>
internal static class StepFields
{
    /// <summary>A text after templating; other values as Python prints them. Null where it is absent, null or empty.</summary>
    public static string? Text(JsonElement step, string name, StepContext context)
    {
        if (!step.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }
        var text = value.ValueKind == JsonValueKind.String ? context.Fill(value.GetString()!) : PythonText.Of(value);
        return text.Length > 0 ? text : null;
    }

    /// <summary>An object after templating, as compact JSON; <c>{}</c> where it is absent or null.</summary>
    /// <exception cref="StepFailedException">It is something else.</exception>
    public static byte[] Object(JsonElement step, string name, StepContext context)
    {
        var given = step.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;
        return !given ? "{}"u8.ToArray()
            : value.ValueKind == JsonValueKind.Object ? FilledJson.Of(value, context)
            : throw new StepFailedException($"'{PythonText.TypeOf(value)}' object has no attribute 'items'");
    }
}
