using System.Globalization;

namespace PyAirtable.Bench.Goals;

/// <summary>A number with its unit, written the same way everywhere.</summary>
/// <param name="Value">The number; NaN where there is none.</param>
/// <param name="Unit">"/s", "%", "ms", "µs", "MB" (2^20 bytes), "bytes", or nothing for a count.</param>
public readonly record struct Quantity(double Value, string Unit)
{
    /// <summary>"93,100/s", "2.14 ms", "-" where there is no number.</summary>
    public override string ToString() => (double.IsFinite(Value), Unit) switch
    {
        (false, _) => "-",
        (_, "") => Format(Value),
        (_, ['/' or '%', ..]) => Format(Value) + Unit,
        _ => $"{Format(Value)} {Unit}",
    };

    /// <summary>A number in as many digits as are worth reading: whole from 100, else three of them.</summary>
    public static string Format(double number) => Math.Abs(number) switch
    {
        _ when !double.IsFinite(number) => "-",
        >= 100 or 0 => Text(number, "N0"),
        _ when double.IsInteger(number) => Text(number, "0"),
        >= 10 => Text(number, "0.0"),
        >= 1 => Text(number, "0.00"),
        _ => Text(number, "0.000"),
    };

    private static string Text(double number, string format) => number.ToString(format, CultureInfo.InvariantCulture);
}
