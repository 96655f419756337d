using System.Buffers;
using System.Globalization;

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

    public static bool IsInteger(string cell, out Int128 value)
    {
        var digits = cell.AsSpan().Trim(' ');
        value = 0;
        return digits.Length < 30 && Int128.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
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
