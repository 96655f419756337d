using PyAirtable.Hosting.Errors;

namespace PyAirtable.Automation.Workflows;

/// <summary>JSON that is kept for people to look at: what is long is cut, and is then a JSON string.</summary>
internal static class BoundedJson
{
    /// <summary>The value itself, or a JSON string of its beginning.</summary>
    /// <param name="json">A JSON value.</param>
    /// <param name="most">Characters that are kept at most.</param>
    public static string Cut(string json, int most) => json.Length <= most ? json : $"\"{MinimalJsonEncoder.Instance.Encode(Text(json, most))}…\"";

    /// <summary>The text, or its beginning; a pair of surrogates is not cut in two.</summary>
    public static string Text(string text, int most) => text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];
}
