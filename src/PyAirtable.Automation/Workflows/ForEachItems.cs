using System.Text.Json;
using PyAirtable.Automation.Replies;
using PyAirtable.Automation.Steps;

namespace PyAirtable.Automation.Workflows;

/// <summary>The <c>items</c> of a <c>for_each</c> step: an array, a reference such as <c>{step_1_result.rows}</c> to one, or text with commas.</summary>
internal static class ForEachItems
{
    /// <summary>Items at most.</summary>
    public const int Most = 1000;

    private const string Fault = "items must be an array, a reference to one, or text with commas";

    /// <summary>Each item as the text that <c>{item}</c> stands for: a string as it is, else compact JSON.</summary>
    /// <exception cref="StepFailedException">There is no such list, or it is too long.</exception>
    public static List<string> Read(JsonElement step, StepContext context)
    {
        var given = step.TryGetProperty("items", out var items) ? items : throw new StepFailedException(Fault);
        List<string> read = given.ValueKind switch
        {
            JsonValueKind.Array => OfArray(given),
            JsonValueKind.String => OfText(given.GetString()!, context),
            _ => throw new StepFailedException(Fault),
        };
        return read.Count <= Most ? read : throw new StepFailedException($"items has more than {Most} items");
    }

    private static List<string> OfText(string text, StepContext context)
    {
        var isReference = text is ['{', .. var reference, '}'] && reference.AsSpan().IndexOfAny('{', '}') < 0;
        if (isReference && context.Find(text.AsSpan(1, text.Length - 2)) is { } found)
        {
            return found.ValueKind switch
            {
                JsonValueKind.Array => OfArray(found),
                JsonValueKind.String => OfCommas(found.GetString()!),
                JsonValueKind.Object when OnlyArray(found) is { } only => OfArray(only),
                _ => throw new StepFailedException($"{text} is no list"),
            };
        }
        var filled = context.Fill(text);
        return isReference && filled == text ? throw new StepFailedException($"{text} is not known") : OfCommas(filled);
    }

    // A result is always an object; one that holds a single list stands for it.
    private static JsonElement? OnlyArray(JsonElement value)
    {
        var arrays = value.EnumerateObject().Where(static member => member.Value.ValueKind == JsonValueKind.Array).Take(2).ToList();
        return arrays is [var only] ? only.Value : null;
    }

    private static List<string> OfArray(JsonElement array) => array.GetArrayLength() > Most
        ? throw new StepFailedException($"items has more than {Most} items")
        : [.. array.EnumerateArray().Select(static item => item.ValueKind == JsonValueKind.String ? item.GetString()! : JsonReply.Compact(item, "null"))];

    private static List<string> OfCommas(string text) => [.. text.Split(',', Most + 2, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
}
