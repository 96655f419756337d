using System.Buffers;
using System.Globalization;
using System.Text;

namespace PyAirtable.Automation.TextExtraction;

/// <summary>What a cell's text stands for, by pandas' rules.</summary>
internal static class CellValues
{
    private static readonly HashSet<string> Missing =
    [
        "NA", "N/A", "n/a", "NULL", "null", "NaN", "nan", "None", "#N/A", "<NA>", "-NaN", "-nan", "#NA",
        "1.#IND", "1.#QNAN", "-1.#IND", "-1.#QNAN", "#N/A N/A",
    ];

    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789+-.eE");

    // A look at length and first letter saves most cells the look-up.
    private const int LongestMissing = 8;

    public static bool IsMissing(string? cell) =>
        string.IsNullOrEmpty(cell) || (cell.Length <= LongestMissing && cell[0] is 'N' or 'n' or '#' or '<' or '-' or '1' && Missing.Contains(cell));

    /// <summary>The same of a cell in UTF-8.</summary>
    public static bool IsMissing(ReadOnlySpan<byte> cell)
    {
        if (cell.IsEmpty || cell.Length > LongestMissing || cell[0] is not ((byte)'N' or (byte)'n' or (byte)'#' or (byte)'<' or (byte)'-' or (byte)'1'))
        {
            return cell.IsEmpty;
        }
        Span<char> text = stackalloc char[LongestMissing];
        return Missing.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text[..Encoding.UTF8.GetChars(cell, text)]);
    }

    /// <summary>True for a whole number.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="isLikely">False where it is none for certain, so that it need not be looked at.</param>
    /// <param name="value">The number.</param>
    public static bool IsInteger(string cell, bool isLikely, out Int128 value)
    {
        value = 0;
        var digits = isLikely ? cell.AsSpan().Trim(' ') : default;
        if (digits.Length is 0 or >= 30)
        {
            return false;
        }
        if (digits.Length < 19)
        {
            var isShort = long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number);
            value = number;
            return isShort;
        }
        return Int128.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    public static bool IsNumber(string cell, out double value)
    {
        var text = cell.AsSpan().Trim(' ');
        if (!text.ContainsAnyExcept(NumberCharacters))
        {
            return double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value);
        }
        var unsigned = text is ['+' or '-', ..] ? text[1..] : text;
        value = text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
        return unsigned.Equals("inf", StringComparison.OrdinalIgnoreCase) || unsigned.Equals("infinity", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The boolean's one spelling; null when the cell is none.</summary>
    public static string? AsBoolean(string cell) => cell switch
    {
        "True" or "TRUE" or "true" => "True",
        "False" or "FALSE" or "false" => "False",
        _ => null,
    };
}
