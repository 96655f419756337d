using System.Globalization;
using System.Text.Json;
using PyAirtable.Hosting.Errors;

namespace PyAirtable.Hosting.Requests;

public sealed partial class BodyFields
{
    /// <summary>An integer that must be there. The bounds are inclusive.</summary>
    public long RequiredInteger(string name, long min = -Int32Bound, long max = Int32Bound) =>
        TryRequire(name, out var value) ? ReadInteger(name, value, min, max) ?? 0 : 0;

    /// <summary>An integer that may be absent but not null. The bounds are inclusive.</summary>
    public long IntegerOr(string name, long fallback, long min, long max) =>
        TryFind(name, out var value) ? ReadInteger(name, value, min, max) ?? fallback : fallback;

    /// <summary>An integer that may be absent or null. The bounds are inclusive.</summary>
    public long? OptionalInteger(string name, long min = -Int32Bound, long max = Int32Bound) =>
        TryFindValue(name, out var value) ? ReadInteger(name, value, min, max) : null;

    /// <summary>A finite number that must be there.</summary>
    public double Number(string name) => TryRequire(name, out var value) ? ReadNumber(name, value) ?? 0 : 0;

    /// <summary>A finite number that may be absent or null.</summary>
    public double? OptionalNumber(string name) => TryFindValue(name, out var value) ? ReadNumber(name, value) : null;

    /// <summary>A boolean that must be there.</summary>
    public bool Boolean(string name) => TryRequire(name, out var value) && ReadBoolean(name, value) is true;

    /// <summary>A boolean that may be absent but not null.</summary>
    public bool Boolean(string name, bool fallback) => TryFind(name, out var value) ? ReadBoolean(name, value) ?? fallback : fallback;

    /// <summary>A boolean that may be absent or null.</summary>
    public bool? OptionalBoolean(string name) => TryFindValue(name, out var value) ? ReadBoolean(name, value) : null;

    private long? ReadInteger(string name, JsonElement value, long min, long max)
    {
        var at = _location.Member(name);
        long number;
        switch (value.ValueKind)
        {
            case JsonValueKind.True or JsonValueKind.False:
                number = value.ValueKind is JsonValueKind.True ? 1 : 0;
                break;
            case JsonValueKind.String when IntegerText.TryParse(value.GetString(), out number):
                break;
            case JsonValueKind.String:
                _errors.Add(ValidationError.IntegerParsing(at, value));
                return null;
            case JsonValueKind.Number when value.TryGetInt64(out number):
                break;
            case JsonValueKind.Number:
                var wide = value.GetDouble();
                if (!double.IsFinite(wide))
                {
                    _errors.Add(ValidationError.NumberNotFinite(at, value));
                    return null;
                }

                if (wide != Math.Truncate(wide))
                {
                    _errors.Add(ValidationError.IntegerFromFraction(at, value));
                    return null;
                }

                number = long.CreateSaturating(wide);
                break;
            default:
                _errors.Add(ValidationError.IntegerType(at, value));
                return null;
        }

        if (number >= min && number <= max)
        {
            return number;
        }

        _errors.Add(number < min ? ValidationError.TooSmall(at, value, min) : ValidationError.TooLarge(at, value, max));
        return null;
    }

    private double? ReadNumber(string name, JsonElement value)
    {
        double number;
        switch (value.ValueKind)
        {
            case JsonValueKind.True or JsonValueKind.False:
                return value.ValueKind is JsonValueKind.True ? 1 : 0;
            case JsonValueKind.Number:
                number = value.GetDouble();
                break;
            case JsonValueKind.String when TryParseNumber(value.GetString(), out number):
                break;
            case JsonValueKind.String:
                _errors.Add(ValidationError.NumberParsing(_location.Member(name), value));
                return null;
            default:
                _errors.Add(ValidationError.NumberType(_location.Member(name), value));
                return null;
        }

        if (double.IsFinite(number))
        {
            return number;
        }

        _errors.Add(ValidationError.NumberNotFinite(_location.Member(name), value));
        return null;
    }

    private bool? ReadBoolean(string name, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.True:
                return true;
            case JsonValueKind.False:
                return false;
            case JsonValueKind.Number when value.GetDouble() is 0 or 1:
                return value.GetDouble() is 1;
            case JsonValueKind.String when ParseBoolean(value.GetString()!) is { } word:
                return word;
            case JsonValueKind.Number or JsonValueKind.String:
                _errors.Add(ValidationError.BooleanParsing(_location.Member(name), value));
                return null;
            default:
                _errors.Add(ValidationError.BooleanType(_location.Member(name), value));
                return null;
        }
    }

    // Python's float() knows the words for what is not finite; the framework's parser ignores NUL at the end.
    private static bool TryParseNumber(ReadOnlySpan<char> text, out double number)
    {
        text = text.Trim();
        var unsigned = text is ['+' or '-', ..] ? text[1..] : text;
        foreach (var word in (ReadOnlySpan<string>)["nan", "inf", "infinity"])
        {
            if (unsigned.Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                number = double.NaN;
                return true;
            }
        }

        return double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out number)
            && !text.Contains('\0');
    }

    private static bool? ParseBoolean(string text) => text.ToLowerInvariant() switch
    {
        "1" or "true" or "t" or "yes" or "y" or "on" => true,
        "0" or "false" or "f" or "no" or "n" or "off" => false,
        _ => null,
    };
}
