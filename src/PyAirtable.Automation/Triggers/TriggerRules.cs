using System.Text.Json;

namespace PyAirtable.Automation.Triggers;

/// <summary>
/// Which events a workflow's <c>triggers</c> match (automation contract 3.8). All conditions of an element must hold; one that is not of its
/// type holds never, and spoils its own element only (D31).
/// </summary>
internal static class TriggerRules
{
    /// <summary>The <c>type</c> of elements that name an event of the bus.</summary>
    public const string Event = "event";

    /// <summary>Whether any element matches the event of a file.</summary>
    /// <param name="triggers">The stored array.</param>
    /// <param name="happened">The event.</param>
    public static bool Match(string triggers, FileEvent happened)
    {
        using var elements = JsonDocument.Parse(triggers);
        return elements.RootElement.EnumerateArray().Any(element =>
            Is(element, "type", happened.Name)
            && Holds(element, "file_extensions", extensions => Contains(extensions, happened.Extension))
            && Holds(element, "max_file_size", most => most.ValueKind == JsonValueKind.Number && happened.File.FileSize <= most.GetDouble())
            && Holds(element, "mime_types", types => Contains(types, happened.File.MimeType)));
    }

    /// <summary>The types of the bus's events that the array names.</summary>
    public static IEnumerable<string> EventTypes(string triggers) => JsonElement.Parse(triggers).EnumerateArray()
        .Where(element => Is(element, "type", Event) && element.TryGetProperty("event", out var name) && name.ValueKind == JsonValueKind.String)
        .Select(element => element.GetProperty("event").GetString()!);

    private static bool Is(JsonElement element, string name, string text) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.ValueEquals(text);

    private static bool Holds(JsonElement element, string name, Func<JsonElement, bool> condition) =>
        !element.TryGetProperty(name, out var value) || condition(value);

    private static bool Contains(JsonElement list, string text) =>
        list.ValueKind == JsonValueKind.Array && list.EnumerateArray().Any(item => item.ValueKind == JsonValueKind.String && item.ValueEquals(text));
}
