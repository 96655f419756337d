using System.Globalization;

namespace PyAirtable.Automation.TextExtraction.Spreadsheets;

/// <summary>Cells of a spreadsheet as the texts that a table is printed from: pandas looks at a whole column to choose a cell's form.</summary>
internal static class CellText
{
    private const int Decimals = 6;
    private const string NoDate = "NaT";

    /// <summary>A column's cells: null, text, double, bool or DateTime. Null is what is missing.</summary>
    public static string?[] OfColumn(IReadOnlyList<object?> cells)
    {
        var present = cells.Where(cell => !IsMissing(cell)).ToList();
        if (present.Count > 0 && present.TrueForAll(cell => cell is DateTime))
        {
            return OfDates(cells);
        }
        var numeric = present.TrueForAll(cell => cell is double or bool || (cell is string text && CellValues.IsNumber(text, out _)));
        // Booleans alone stay what they are; beside numbers, and where one is missing, they are numbers.
        var counted = numeric && (present.Count < cells.Count || !present.TrueForAll(cell => cell is bool));
        return [.. cells.Select(cell => cell switch
        {
            bool value when counted => value ? "1" : "0",
            double value when !numeric && !double.IsInteger(value) => " " + Short(value),
            null => null,
            _ => Of(cell),
        })];
    }

    /// <summary>The header's names.</summary>
    public static string[] OfHeader(IReadOnlyList<object> names) => names.All(name => name is DateTime) ? OfDates(names) : [.. names.Select(Of)];

    /// <summary>A cell by itself, as Python's <c>str()</c> has it.</summary>
    public static string Of(object cell) => cell switch
    {
        string text => text,
        bool value => value ? "True" : "False",
        double value when double.IsInteger(value) => value.ToString("F0", CultureInfo.InvariantCulture),
        double value => value.ToString("R", CultureInfo.InvariantCulture),
        DateTime date => date.ToString(date.Millisecond == 0 ? "yyyy-MM-dd HH:mm:ss" : "yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"{cell.GetType()} is no cell", nameof(cell)),
    };

    private static bool IsMissing(object? cell) => cell is null || (cell is string text && CellValues.IsMissing(text));

    // All in one form, as short as none loses anything.
    private static string[] OfDates(IReadOnlyList<object?> cells)
    {
        var dates = cells.OfType<DateTime>().ToList();
        var form =
            dates.Exists(date => date.Millisecond != 0) ? "yyyy-MM-dd HH:mm:ss.fff" :
            dates.Exists(date => date.TimeOfDay != TimeSpan.Zero) ? "yyyy-MM-dd HH:mm:ss" :
            "yyyy-MM-dd";
        return [.. cells.Select(cell => cell is DateTime date ? date.ToString(form, CultureInfo.InvariantCulture) : NoDate)];
    }

    private static string Short(double value)
    {
        var text = value.ToString("F" + Decimals, CultureInfo.InvariantCulture).TrimEnd('0');
        return text.EndsWith('.') ? text + "0" : text;
    }
}
