namespace PyAirtable.Automation.TextExtraction.Sheets;

/// <summary>Tells from a number format's code whether it shows dates, by openpyxl's rules: a letter of dates outside of quotes and brackets.</summary>
internal static class NumberFormat
{
    /// <summary>What numbers of this format are.</summary>
    public static SheetCellKind KindOf(string code)
    {
        var shown = code.AsSpan(0, code.IndexOf(';') is >= 0 and var end ? end : code.Length);
        var isDate = false;
        for (var i = 0; i < shown.Length; i++)
        {
            if (shown[i] == '"' && shown[(i + 1)..].IndexOf('"') is >= 0 and var quoted)
            {
                i += quoted + 1;
            }
            else if (shown[i] == '[' && shown[(i + 1)..].IndexOf(']') is >= 0 and var bracketed)
            {
                if (IsElapsed(shown.Slice(i + 1, bracketed)))
                {
                    return SheetCellKind.Duration;
                }
                i += bracketed + 1;
            }
            else if (shown[i] is 'd' or 'm' or 'h' or 'y' or 's' or 'D' or 'M' or 'H' or 'Y' or 'S' && (i == 0 || shown[i - 1] is not ('_' or '\\')))
            {
                isDate = true;
            }
        }
        return isDate ? SheetCellKind.Date : SheetCellKind.Number;
    }

    /// <summary>The same for the formats that have a number and no code, those of East Asia included (ECMA-376 part 1, 18.8.30).</summary>
    public static SheetCellKind KindOfBuiltIn(int id) => id switch
    {
        46 => SheetCellKind.Duration,
        (>= 14 and <= 22) or (>= 27 and <= 36) or 45 or 47 or (>= 50 and <= 58) => SheetCellKind.Date,
        _ => SheetCellKind.Number,
    };

    // Hours, minutes or seconds in brackets count on beyond their wheel.
    private static bool IsElapsed(ReadOnlySpan<char> unit) =>
        unit.Length is 1 or 2 && unit[0] is 'h' or 'H' or 'm' or 'M' or 's' or 'S' && char.ToLowerInvariant(unit[^1]) == char.ToLowerInvariant(unit[0]);
}
