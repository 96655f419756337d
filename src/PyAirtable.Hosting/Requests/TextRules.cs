using System.Runtime.InteropServices;
using System.Text.Json;
using PyAirtable.Hosting.Errors;

namespace PyAirtable.Hosting.Requests;

/// <summary>What every text of a request must be: of the right length and without NUL.</summary>
public static class TextRules
{
    internal static ValidationError? Check(string text, int minLength, int maxLength, Location parent, string name, ErrorInput input)
    {
        if (text.Contains('\0'))
        {
            return ValidationError.NulCharacter(parent.Member(name), input);
        }

        var length = CodePoints.Count(text);
        return length < minLength ? ValidationError.StringTooShort(parent.Member(name), input, minLength)
            : length > maxLength ? ValidationError.StringTooLong(parent.Member(name), input, maxLength)
            : null;
    }

    /// <summary>True if any text in <paramref name="value"/> has a NUL, which in JSON can only be the escape <c>\u0000</c>.</summary>
    public static bool ContainsNul(JsonElement value)
    {
        var raw = JsonMarshal.GetRawUtf8Value(value);
        while (raw.IndexOf("\\u0000"u8) is >= 0 and var found)
        {
            // After an odd number of backslashes the one at hand is itself escaped.
            var before = raw[..found];
            if ((before.Length - before.TrimEnd((byte)'\\').Length) % 2 == 0)
            {
                return true;
            }

            raw = raw[(found + 1)..];
        }

        return false;
    }
}
