using System.Globalization;

namespace PyAirtable.Automation.TextExtraction;

/// <summary>A column as pandas prints it: its label and its cells' texts (automation contract 2.6, table rendering).</summary>
/// <param name="Label">The name, with a leading space above numbers and booleans.</param>
/// <param name="Cells">One text a row.</param>
internal sealed record TableColumn(string Label, IReadOnlyList<string> Cells)
{
    private const int Precision = 6;
    private const double Large = 1e6;
    private const string NotANumber = "NaN";

    /// <summary>Finds the column's type (integer, float, boolean, else text) and prints it.</summary>
    public static TableColumn Of(string name, IReadOnlyList<string?> cells)
    {
        var present = cells.Where(cell => !CellValues.IsMissing(cell)).Select(cell => cell!).ToList();
        var complete = present.Count == cells.Count;
        if (complete && present.TrueForAll(cell => CellValues.IsInteger(cell, out _)) && FitsOneWidth(present))
        {
            return new(" " + Escape(name), present.ConvertAll(cell => CellValues.IsInteger(cell, out var value) ? value.ToString(CultureInfo.InvariantCulture) : cell));
        }
        if (present.TrueForAll(cell => CellValues.IsNumber(cell, out _)) && (!complete || !present.TrueForAll(cell => CellValues.IsInteger(cell, out _))))
        {
            return new(" " + Escape(name), Decimals([.. cells.Select(cell => !CellValues.IsMissing(cell) && CellValues.IsNumber(cell!, out var value) ? value : double.NaN)]));
        }
        var booleans = present.TrueForAll(cell => CellValues.AsBoolean(cell) is not null);
        return new(
            (booleans && complete ? " " : "") + Escape(name),
            [.. cells.Select(cell => CellValues.IsMissing(cell) ? NotANumber : booleans ? CellValues.AsBoolean(cell!)! : Escape(cell!))]);
    }

    /// <summary>A column of numbers; NaN where one is missing.</summary>
    public static TableColumn OfNumbers(string name, double[] values) => new(
        " " + Escape(name),
        Array.TrueForAll(values, IsWhole) ? Array.ConvertAll(values, value => ((long)value).ToString(CultureInfo.InvariantCulture)) : Decimals(values));

    /// <summary>A column of dates; null where one is missing. Times are shown when any has one.</summary>
    public static TableColumn OfDates(string name, DateTime?[] dates)
    {
        var format =
            Array.TrueForAll(dates, date => date is null || date.Value.Ticks % TimeSpan.TicksPerDay == 0) ? "yyyy-MM-dd" :
            Array.TrueForAll(dates, date => date is null || date.Value.Ticks % TimeSpan.TicksPerSecond == 0) ? "yyyy-MM-dd HH:mm:ss" :
            "yyyy-MM-dd HH:mm:ss.fff";
        return new(Escape(name), Array.ConvertAll(dates, date => date?.ToString(format, CultureInfo.InvariantCulture) ?? "NaT"));
    }

    /// <summary>True for a number without a fraction that 64 bits hold.</summary>
    public static bool IsWhole(double value) => value == Math.Truncate(value) && Math.Abs(value) < long.MaxValue;

    // 64 bits, signed or unsigned; beyond them the cells stay text.
    private static bool FitsOneWidth(List<string> cells)
    {
        var values = cells.ConvertAll(cell => CellValues.IsInteger(cell, out var value) ? value : 0);
        return values.TrueForAll(value => value >= long.MinValue && value <= long.MaxValue) || values.TrueForAll(value => value >= 0 && value <= ulong.MaxValue);
    }

    private static string[] Decimals(double[] values)
    {
        var fixedPoint = Array.ConvertAll(values, value => double.IsFinite(value) ? value.ToString("F6", CultureInfo.InvariantCulture) : Word(value));
        var finite = Array.FindAll(fixedPoint, text => text.Contains('.'));
        var drop = finite.Length == 0 ? 0 : Math.Min(finite.Min(text => text.Length - text.TrimEnd('0').Length), Precision - 1);
        var trimmed = Array.ConvertAll(fixedPoint, text => text.Contains('.') ? text[..^drop] : text);
        var tooLong = trimmed.Max(text => text.Length) > (2 * Precision) && values.Any(value => Math.Abs(value) > Large);
        var tooSmall = values.Any(value => Math.Abs(value) < 1e-6 && value != 0);
        return tooLong || tooSmall
            ? Array.ConvertAll(values, value => double.IsFinite(value) ? value.ToString("0.000000e+00", CultureInfo.InvariantCulture) : Word(value))
            : trimmed;
    }

    private static string Word(double value) => double.IsNaN(value) ? NotANumber : value > 0 ? "inf" : "-inf";

    private static string Escape(string text) => text.AsSpan().ContainsAny('\n', '\r', '\t')
        ? text.Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal)
        : text;
}
