using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PyAirtable.Automation.Steps;

/// <summary>JSON values as Python's <c>str()</c>, <c>repr()</c> and <c>bool()</c> see them (automation contract 3.6).</summary>
internal static class PythonText
{
    // Python prints floats without an exponent from 1e-4 up to, not including, 1e16.
    private const int LeastPlainExponent = -4;
    private const int FirstPowerExponent = 16;

    /// <summary><c>str(value)</c>; a value that is not there is <c>None</c>.</summary>
    public static string Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.True => "True",
        JsonValueKind.False => "False",
        JsonValueKind.Number => Number(value.GetRawText()),
        JsonValueKind.Array => $"[{string.Join(", ", value.EnumerateArray().Select(Quoted))}]",
        JsonValueKind.Object => $"{{{string.Join(", ", value.EnumerateObject().Select(member => $"{Quote(member.Name)}: {Quoted(member.Value)}"))}}}",
        _ => "None",
    };

    /// <summary><c>bool(value)</c>: null, false, zero and what is empty are not true.</summary>
    public static bool IsTrue(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!.Length > 0,
        JsonValueKind.Number => value.GetDouble() != 0,
        JsonValueKind.Array => value.GetArrayLength() > 0,
        JsonValueKind.Object => value.EnumerateObject().Any(),
        var kind => kind == JsonValueKind.True,
    };

    /// <summary>Name of the value's type.</summary>
    public static string TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => "str",
        JsonValueKind.True or JsonValueKind.False => "bool",
        JsonValueKind.Number => IsInteger(value.GetRawText()) ? "int" : "float",
        JsonValueKind.Array => "list",
        JsonValueKind.Object => "dict",
        _ => "NoneType",
    };

    private static string Quoted(JsonElement value) => value.ValueKind == JsonValueKind.String ? Quote(value.GetString()!) : Of(value);

    private static string Quote(string text)
    {
        var mark = text.Contains('\'') && !text.Contains('"') ? '"' : '\'';
        var quoted = new StringBuilder().Append(mark);
        foreach (var unit in text)
        {
            _ = unit switch
            {
                '\\' => quoted.Append("\\\\"),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                _ when unit == mark => quoted.Append('\\').Append(unit),
                _ when unit < ' ' || unit == '\x7f' => quoted.Append(CultureInfo.InvariantCulture, $"\\x{(int)unit:x2}"),
                _ => quoted.Append(unit),
            };
        }
        return quoted.Append(mark).ToString();
    }

    private static bool IsInteger(string raw) => !raw.AsSpan().ContainsAny('.', 'e', 'E');

    private static string Number(string raw)
    {
        if (IsInteger(raw))
        {
            return raw == "-0" ? "0" : raw;
        }
        var value = double.Parse(raw, CultureInfo.InvariantCulture);
        if (!double.IsFinite(value))
        {
            return value > 0 ? "inf" : "-inf";
        }
        var (digits, exponent) = Shortest(Math.Abs(value));
        var sign = double.IsNegative(value) ? "-" : "";
        return sign + exponent switch
        {
            < LeastPlainExponent or >= FirstPowerExponent => string.Create(
                CultureInfo.InvariantCulture, $"{digits[0]}{(digits.Length > 1 ? "." : "")}{digits[1..]}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}"),
            < 0 => $"0.{new string('0', -exponent - 1)}{digits}",
            _ => $"{digits.PadRight(exponent + 1, '0')[..(exponent + 1)]}.{(digits.Length > exponent + 1 ? digits[(exponent + 1)..] : "0")}",
        };
    }

    // The fewest digits that give the number back, and the power of ten of the first.
    private static (string Digits, int Exponent) Shortest(double value)
    {
        if (value == 0)
        {
            return ("0", 0);
        }
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        var power = text.IndexOf('E', StringComparison.Ordinal);
        var mantissa = power < 0 ? text : text[..power];
        var exponent = power < 0 ? 0 : int.Parse(text[(power + 1)..], CultureInfo.InvariantCulture);
        var point = mantissa.IndexOf('.', StringComparison.Ordinal) is >= 0 and var found ? found : mantissa.Length;
        var digits = mantissa.Replace(".", "", StringComparison.Ordinal);
        var significant = digits.TrimStart('0');
        return (significant.TrimEnd('0'), exponent + point - 1 - (digits.Length - significant.Length));
    }
}
