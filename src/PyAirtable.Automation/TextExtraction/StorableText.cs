using System.Text;

namespace PyAirtable.Automation.TextExtraction;

/// <summary>Text that every database takes: documents in binary forms can hold what is no text at all.</summary>
internal static class StorableText
{
    /// <summary>Replaces NUL and halves of surrogate pairs by U+FFFD.</summary>
    public static string Of(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
        {
            return TextDecoding.WithoutNul(text);
        }
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            clean.Append(rune);
        }
        return TextDecoding.WithoutNul(clean.ToString());
    }
}
