using System.Globalization;

namespace PyAirtable.Automation.TextExtraction.Sheets;

/// <summary>A cell's value.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Bits">The number's bits, 0 or 1 of a boolean, ticks of all that has to do with time, those of a <see cref="CellText"/>.</param>
internal readonly record struct SheetCell(SheetCellKind Kind, long Bits)
{
    /// <summary>A value that is missing.</summary>
    public static readonly SheetCell Error = new(SheetCellKind.Error, 0);

    /// <summary>The number, of a number; it is finite.</summary>
    public double Number => BitConverter.Int64BitsToDouble(Bits);

    /// <summary>Where the text is, of a text.</summary>
    public CellText Text => new(Bits);

    /// <summary>True when pandas takes it for missing.</summary>
    public bool IsMissing => Kind is SheetCellKind.Empty or SheetCellKind.Error || (Kind == SheetCellKind.Text && Text.IsMissing);

    /// <summary>True for a number without a fraction, of 64 bits.</summary>
    public bool IsWhole => Kind == SheetCellKind.Number && TableColumn.IsWhole(Number);

    public static SheetCell OfText(CellText text) => new(SheetCellKind.Text, text.Bits);

    /// <summary>A number; a missing value when it is not finite.</summary>
    public static SheetCell OfNumber(double number) => double.IsFinite(number) ? new(SheetCellKind.Number, BitConverter.DoubleToInt64Bits(number)) : Error;

    public static SheetCell OfBoolean(bool value) => new(SheetCellKind.Boolean, value ? 1 : 0);

    public static SheetCell OfDate(DateTime date) => new(SheetCellKind.Date, date.Ticks);

    public static SheetCell OfTime(TimeSpan time) => new(SheetCellKind.Time, time.Ticks);

    public static SheetCell OfDuration(TimeSpan duration) => new(SheetCellKind.Duration, duration.Ticks);

    /// <summary>It as Python's <c>str()</c> has it; <see cref="CellTexts"/> has the texts.</summary>
    public override string ToString() => Kind switch
    {
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
