namespace PyAirtable.Automation.TextExtraction;

/// <summary>Prints a column as pandas does: all its cells in the one form that its type has (automation contract 2.6, table rendering).</summary>
internal static class TableColumn
{
    private const double Large = 1e6;
    private const string NotANumber = "NaN";

    /// <summary>Finds the type of a column of texts (integer, float, boolean, else text) and prints it.</summary>
    public static void Add(PrintedTable table, string name, ReadOnlySpan<string?> cells)
    {
        var (isComplete, integers, numbers, booleans) = (true, true, true, true);
        Int128 least = 0, most = 0;
        foreach (var cell in cells)
        {
            if (CellValues.IsMissing(cell))
            {
                isComplete = false;
                continue;
            }
            if (CellValues.IsInteger(cell!, numbers, out var value))
            {
                (least, most) = (Int128.Min(least, value), Int128.Max(most, value));
            }
            else
            {
                integers = false;
                numbers = numbers && CellValues.IsNumber(cell!, out _);
            }
            booleans = booleans && CellValues.AsBoolean(cell!) is not null;
            if (!numbers && !booleans)
            {
                // Text, whatever follows.
                break;
            }
        }
        // Whole numbers of 64 bits, signed or unsigned; beyond them they stay text.
        if (isComplete && integers && ((least >= long.MinValue && most <= long.MaxValue) || (least >= 0 && most <= ulong.MaxValue)))
        {
            AddIntegers(table, name, cells);
        }
        else if (numbers && !(isComplete && integers))
        {
            AddFloats(table, name, cells);
        }
        else
        {
            AddTexts(table, name, cells, booleans, isComplete);
        }
    }

    /// <summary>Prints a column of numbers; NaN where one is missing.</summary>
    public static void AddNumbers(PrintedTable table, string name, ReadOnlySpan<double> values)
    {
        table.BeginColumn(name, isSpaced: true);
        if (AreWhole(values))
        {
            foreach (var value in values)
            {
                table.Add((long)value);
            }
        }
        else
        {
            AddDecimals(table, values);
        }
    }

    /// <summary>Prints a column of dates, as ticks; below zero where one is missing. Times are shown when any has one.</summary>
    public static void AddDates(PrintedTable table, string name, ReadOnlySpan<long> dates)
    {
        table.BeginColumn(name, isSpaced: false);
        var (hasTime, hasFraction) = (false, false);
        foreach (var ticks in dates)
        {
            if (ticks >= 0 && ticks % TimeSpan.TicksPerDay != 0)
            {
                hasTime = true;
                hasFraction |= ticks % TimeSpan.TicksPerSecond != 0;
            }
        }
        foreach (var ticks in dates)
        {
            if (ticks < 0)
            {
                table.Add("NaT");
            }
            else if (!hasTime)
            {
                table.Add(DateOnly.FromDateTime(new DateTime(ticks)), "O");
            }
            else if (!hasFraction)
            {
                // The standard form is the quickest; it has a Z at its end.
                table.Add(new DateTime(ticks), "u", drop: 1);
            }
            else
            {
                table.Add(new DateTime(ticks), "yyyy-MM-dd HH:mm:ss.fff");
            }
        }
    }

    /// <summary>True for a number without a fraction that 64 bits hold.</summary>
    public static bool IsWhole(double value) => Math.Abs(value) < long.MaxValue && value == (long)value;

    private static void AddIntegers(PrintedTable table, string name, ReadOnlySpan<string?> cells)
    {
        table.BeginColumn(name, isSpaced: true);
        foreach (var cell in cells)
        {
            _ = CellValues.IsInteger(cell!, isLikely: true, out var value);
            table.Add(value);
        }
    }

    private static void AddFloats(PrintedTable table, string name, ReadOnlySpan<string?> cells)
    {
        var values = new double[cells.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = !CellValues.IsMissing(cells[i]) && CellValues.IsNumber(cells[i]!, out var value) ? value : double.NaN;
        }
        table.BeginColumn(name, isSpaced: true);
        AddDecimals(table, values);
    }

    private static void AddTexts(PrintedTable table, string name, ReadOnlySpan<string?> cells, bool booleans, bool isComplete)
    {
        table.BeginColumn(name, isSpaced: booleans && isComplete);
        foreach (var cell in cells)
        {
            table.Add(CellValues.IsMissing(cell) ? NotANumber : booleans ? CellValues.AsBoolean(cell!)! : cell!);
        }
    }

    // As many decimals as the longest needs, at least one.
    private static void AddDecimals(PrintedTable table, ReadOnlySpan<double> values)
    {
        var (decimals, isLarge, isTiny) = (1, false, false);
        foreach (var value in values)
        {
            if (double.IsFinite(value))
            {
                decimals = DecimalText.Needed(value, decimals);
                isLarge |= Math.Abs(value) > Large;
                isTiny |= Math.Abs(value) < 1 / Large && value != 0;
            }
        }
        var scientific = isTiny || (isLarge && Longest(values, decimals) > 2 * DecimalText.Precision);
        foreach (var value in values)
        {
            if (!double.IsFinite(value))
            {
                table.Add(double.IsNaN(value) ? NotANumber : value > 0 ? "inf" : "-inf");
            }
            else if (scientific)
            {
                table.Add(value, "0.000000e+00");
            }
            else
            {
                table.AddDecimal(value, decimals);
            }
        }
    }

    private static int Longest(ReadOnlySpan<double> values, int decimals)
    {
        Span<byte> text = stackalloc byte[DecimalText.MaxLength];
        var longest = 0;
        foreach (var value in values)
        {
            longest = double.IsFinite(value) ? Math.Max(longest, DecimalText.Format(value, decimals, text)) : longest;
        }
        return longest;
    }

    private static bool AreWhole(ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            if (!IsWhole(value))
            {
                return false;
            }
        }
        return true;
    }
}
