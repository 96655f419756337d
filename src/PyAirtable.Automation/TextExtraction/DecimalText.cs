using System.Globalization;

namespace PyAirtable.Automation.TextExtraction;

/// <summary>
/// Finite numbers with up to six decimals. Nearly all numbers of tables are whole millionths far below what a double can tell apart; those
/// are written as whole numbers, several times quicker than by the framework, which has all others.
/// </summary>
internal static class DecimalText
{
    /// <summary>Decimals that a table shows at most.</summary>
    public const int Precision = 6;

    /// <summary>Bytes of the longest number with that many.</summary>
    public const int MaxLength = 320;

    private const double Millionths = 1e6;

    // Up to here the product's own error is far below what is asked of its fraction.
    private const double MostMillionths = 1e12;
    private const double Doubt = 1e-3;

    private static readonly long[] Powers = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000];

    /// <summary>Decimals that the number needs.</summary>
    /// <param name="value">The number.</param>
    /// <param name="least">What is needed anyway; the answer is not lower.</param>
    public static int Needed(double value, int least)
    {
        if (IsSimple(value, out var millionths))
        {
            while (least < Precision && millionths % Powers[Precision - least] != 0)
            {
                least++;
            }
            return least;
        }
        Span<byte> text = stackalloc byte[MaxLength];
        var length = FormatAny(value, text);
        return Math.Max(least, Precision - (length - text[..length].TrimEnd((byte)'0').Length));
    }

    /// <summary>Writes the number; gives its length.</summary>
    /// <param name="value">The number.</param>
    /// <param name="decimals">At least one, and as many as it needs.</param>
    /// <param name="text">Where to; <see cref="MaxLength"/> is enough, and more than is written may be used.</param>
    public static int Format(double value, int decimals, Span<byte> text)
    {
        if (!IsSimple(value, out var rest))
        {
            return FormatAny(value, text) - (Precision - decimals);
        }
        // As many decimals as there may be: those beyond the ones that are needed are zeros, and are not counted.
        var (whole, fraction) = Math.DivRem(rest, (long)Millionths);
        text[0] = (byte)'-';
        var start = double.IsNegative(value) ? 1 : 0;
        _ = whole.TryFormat(text[start..], out var length, default, CultureInfo.InvariantCulture);
        var point = start + length;
        text[point] = (byte)'.';
        for (var i = point + Precision; i > point; i--)
        {
            (fraction, var digit) = Math.DivRem(fraction, 10);
            text[i] = (byte)('0' + digit);
        }
        return point + 1 + decimals;
    }

    // Its whole millionths without its sign, unless it is too large, or so near to the middle of two that the product could be wrong.
    private static bool IsSimple(double value, out long millionths)
    {
        var scaled = Math.Abs(value) * Millionths;
        millionths = (long)(scaled + 0.5);
        return scaled < MostMillionths && Math.Abs(scaled - (long)scaled - 0.5) > Doubt;
    }

    private static int FormatAny(double value, Span<byte> text)
    {
        _ = value.TryFormat(text, out var length, "F6", CultureInfo.InvariantCulture);
        return length;
    }
}
