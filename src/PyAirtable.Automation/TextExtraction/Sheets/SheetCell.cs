using System.Globalization;

namespace PyAirtable.Automation.TextExtraction.Sheets;

/// <summary>A cell's value.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The text, of a text.</param>
/// <param name="Bits">The number's bits, 0 or 1 of a boolean, ticks of all that has to do with time; of a text twice its length, and 1 for a missing value.</param>
internal readonly record struct SheetCell(SheetCellKind Kind, string? Text, long Bits)
{
    /// <summary>A value that is missing.</summary>
    public static readonly SheetCell Error = new(SheetCellKind.Error, null, 0);

    /// <summary>The number, of a number; it is finite.</summary>
    public double Number => BitConverter.Int64BitsToDouble(Bits);

    /// <summary>True when pandas takes it for missing.</summary>
    public bool IsMissing => Kind is SheetCellKind.Empty or SheetCellKind.Error || (Kind == SheetCellKind.Text && (Bits & 1) != 0);

    /// <summary>UTF-16 units of the text. Texts of a sheet lie anywhere in memory: what is asked of each cell does not go there.</summary>
    public int TextLength => Kind == SheetCellKind.Text ? (int)(Bits >> 1) : 0;

    /// <summary>True for a number without a fraction, of 64 bits.</summary>
    public bool IsWhole => Kind == SheetCellKind.Number && TableColumn.IsWhole(Number);

    /// <summary>True for a date without a time.</summary>
    public bool IsDay => Kind == SheetCellKind.Date && Bits % TimeSpan.TicksPerDay == 0;

    /// <summary>A text; an empty one is an empty cell.</summary>
    public static SheetCell OfText(string text) =>
        text.Length == 0 ? default : new(SheetCellKind.Text, text, ((long)text.Length << 1) | (CellValues.IsMissing(text) ? 1L : 0));

    /// <summary>A number; a missing value when it is not finite.</summary>
    public static SheetCell OfNumber(double number) => double.IsFinite(number) ? new(SheetCellKind.Number, null, BitConverter.DoubleToInt64Bits(number)) : Error;

    public static SheetCell OfBoolean(bool value) => new(SheetCellKind.Boolean, null, value ? 1 : 0);

    public static SheetCell OfDate(DateTime date) => new(SheetCellKind.Date, null, date.Ticks);

    public static SheetCell OfTime(TimeSpan time) => new(SheetCellKind.Time, null, time.Ticks);

    public static SheetCell OfDuration(TimeSpan duration) => new(SheetCellKind.Duration, null, duration.Ticks);

    /// <summary>It as Python's <c>str()</c> has it.</summary>
    public override string ToString() => Kind switch
    {
        SheetCellKind.Text => Text!,
        SheetCellKind.Number when IsWhole => ((long)Number).ToString(CultureInfo.InvariantCulture),
        SheetCellKind.Number => Number.ToString(double.IsInteger(Number) ? "F0" : "R", CultureInfo.InvariantCulture),
        SheetCellKind.Boolean => Bits == 1 ? "True" : "False",
        SheetCellKind.Date => new DateTime(Bits).ToString(Bits % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-dd HH:mm:ss" : "yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
        SheetCellKind.Time => new TimeSpan(Bits).ToString(Bits % TimeSpan.TicksPerSecond == 0 ? @"hh\:mm\:ss" : @"hh\:mm\:ss\.ffffff", CultureInfo.InvariantCulture),
        SheetCellKind.Duration => string.Create(CultureInfo.InvariantCulture, $"{new TimeSpan(Bits):%d} days {new TimeSpan(Bits):hh\\:mm\\:ss}"),
        SheetCellKind.Error => "NaN",
        _ => "",
    };
}
