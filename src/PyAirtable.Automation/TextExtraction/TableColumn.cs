using System.Globalization;

namespace PyAirtable.Automation.TextExtraction;

/// <summary>A column as pandas prints it: its label and its cells' texts (automation contract 2.6, table rendering).</summary>
/// <param name="Label">The name, with a leading space above numbers and booleans.</param>
/// <param name="Cells">One text a row.</param>
internal sealed record TableColumn(string Label, string[] Cells)
{
    private const int Precision = 6;
    private const double Large = 1e6;
    private const string NotANumber = "NaN";
    private const string NotATime = "NaT";

    /// <summary>Finds the column's type (integer, float, boolean, else text) and prints it.</summary>
    public static TableColumn Of(string name, IReadOnlyList<string?> cells)
    {
        var present = cells.Where(cell => !CellValues.IsMissing(cell)).Select(cell => cell!).ToList();
        var complete = present.Count == cells.Count;
        if (complete && present.TrueForAll(cell => CellValues.IsInteger(cell, out _)) && FitsOneWidth(present))
        {
            return new(" " + Escape(name), [.. present.Select(cell => CellValues.IsInteger(cell, out var value) ? value.ToString(CultureInfo.InvariantCulture) : cell)]);
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
        if (Array.TrueForAll(dates, date => date is null || date.Value.Ticks % TimeSpan.TicksPerDay == 0))
        {
            return new(Escape(name), Array.ConvertAll(dates, date => date is { } day ? DateOnly.FromDateTime(day).ToString("O", CultureInfo.InvariantCulture) : NotATime));
        }
        var format = Array.TrueForAll(dates, date => date is null || date.Value.Ticks % TimeSpan.TicksPerSecond == 0) ? "yyyy-MM-dd HH:mm:ss" : "yyyy-MM-dd HH:mm:ss.fff";
        return new(Escape(name), Array.ConvertAll(dates, date => date?.ToString(format, CultureInfo.InvariantCulture) ?? NotATime));
    }

    /// <summary>True for a number without a fraction that 64 bits hold.</summary>
    public static bool IsWhole(double value) => value == Math.Truncate(value) && Math.Abs(value) < long.MaxValue;

    // 64 bits, signed or unsigned; beyond them the cells stay text.
    private static bool FitsOneWidth(List<string> cells)
    {
        var values = cells.ConvertAll(cell => CellValues.IsInteger(cell, out var value) ? value : 0);
        return values.TrueForAll(value => value >= long.MinValue && value <= long.MaxValue) || values.TrueForAll(value => value >= 0 && value <= ulong.MaxValue);
    }

    // As many decimals as the longest needs, at least one.
    private static string[] Decimals(double[] values)
    {
        var texts = Array.ConvertAll(values, value => double.IsFinite(value) ? value.ToString("F6", CultureInfo.InvariantCulture) : Word(value));
        var (drop, longest, isLarge) = (Precision - 1, 0, false);
        for (var i = 0; i < values.Length; i++)
        {
            if (Math.Abs(values[i]) < 1e-6 && values[i] != 0)
            {
                return Scientific(values);
            }
            if (double.IsFinite(values[i]))
            {
                drop = Math.Min(drop, texts[i].Length - texts[i].AsSpan().TrimEnd('0').Length);
                longest = Math.Max(longest, texts[i].Length);
                isLarge |= Math.Abs(values[i]) > Large;
            }
        }
        return isLarge && longest - drop > 2 * Precision
            ? Scientific(values)
            : Array.ConvertAll(texts, text => text.Contains('.') ? text[..^drop] : text);
    }

    private static string[] Scientific(double[] values) =>
        Array.ConvertAll(values, value => double.IsFinite(value) ? value.ToString("0.000000e+00", CultureInfo.InvariantCulture) : Word(value));

    private static string Word(double value) => double.IsNaN(value) ? NotANumber : value > 0 ? "inf" : "-inf";

    private static string Escape(string text) => text.AsSpan().ContainsAny('\n', '\r', '\t')
        ? text.Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal)
        : text;
}
