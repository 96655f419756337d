namespace PyAirtable.Platform.Usage;

/// <summary>Rounds as Python's <c>round</c> does (platform contract 4.3): the double's exact value decides, and exact ties go to the even digit.
/// The framework's own rounding multiplies first, which is inexact.</summary>
internal static class DecimalRounding
{
    private const int MantissaBits = 52;
    private const int ExponentBias = 1075;

    /// <summary>The double nearest to the value at <paramref name="digits"/> decimals, 0 to 6.</summary>
    public static double Round(double value, int digits)
    {
        var scale = Math.Pow(10, digits);
        if (!double.IsFinite(value) || Math.Abs(value) >= (1L << 53) / scale)
        {
            // Beyond this, doubles lie further apart than decimals, so the nearest to the rounded value is the value.
            return value;
        }

        // value = mantissa / 2^shift, so value · 10^digits = mantissa · 5^digits / 2^(shift - digits), below 2^67 before the division.
        var bits = BitConverter.DoubleToUInt64Bits(value);
        var exponent = (int)(bits >> MantissaBits) & 0x7FF;
        var mantissa = (bits & ((1UL << MantissaBits) - 1)) | (exponent == 0 ? 0 : 1UL << MantissaBits);
        var shift = ExponentBias - Math.Max(exponent, 1) - digits;
        var scaled = (UInt128)mantissa * (ulong)Math.Pow(5, digits);
        if (shift <= 0)
        {
            return value;
        }

        return Math.CopySign(shift > 70 ? 0 : Quotient(scaled, shift) / scale, value);
    }

    private static double Quotient(UInt128 scaled, int shift)
    {
        var quotient = (ulong)(scaled >> shift);
        var rest = scaled & ((UInt128.One << shift) - 1);
        var half = UInt128.One << (shift - 1);
        return rest > half || (rest == half && (quotient & 1) == 1) ? quotient + 1 : quotient;
    }
}
