namespace PyAirtable.Automation.TextExtraction.Sheets;

/// <summary>Turns the day numbers of sheets into dates, as openpyxl does.</summary>
internal static class SheetDate
{
    private const double MillisecondsPerDay = 86_400_000;

    // The day 1900-02-29, which never was, is counted as the 60th; this start is right from the day after.
    private static readonly DateTime From1900 = new(1899, 12, 30);
    private static readonly DateTime From1904 = new(1904, 1, 1);

    /// <summary>The cell of a number that is shown as a date; a missing value when no calendar has it.</summary>
    public static SheetCell Of(double number, bool isFrom1904, SheetCellKind kind)
    {
        if (!double.IsFinite(number) || Math.Abs(number) > 3_000_000)
        {
            return SheetCell.Error;
        }
        if (kind == SheetCellKind.Duration)
        {
            return SheetCell.OfDuration(TimeSpan.FromMilliseconds(Math.Round(number * MillisecondsPerDay)));
        }
        var whole = (double)(long)number;
        var day = whole > number ? whole - 1 : whole;
        // Most are days alone.
        var time = number == day ? TimeSpan.Zero : TimeSpan.FromMilliseconds(Math.Round((number - day) * MillisecondsPerDay));
        if (number is >= 0 and < 1 && time.Days == 0)
        {
            return SheetCell.OfTime(time);
        }
        var start = isFrom1904 ? From1904 : From1900;
        day += number is > 0 and < 60 && !isFrom1904 ? 1 : 0;
        var ticks = start.Ticks + (long)(day * TimeSpan.TicksPerDay) + time.Ticks;
        return ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks ? SheetCell.Error : SheetCell.OfDate(new DateTime(ticks));
    }
}
