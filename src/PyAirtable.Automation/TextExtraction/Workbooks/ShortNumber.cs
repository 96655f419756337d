namespace PyAirtable.Automation.TextExtraction.Workbooks;

/// <summary>
/// A few digits with or without a point between two, as nearly all numbers are written. They are exact as a double, as is the power of ten,
/// so that the quotient is the nearest number.
/// </summary>
/// <param name="Digits">All digits as one whole number, with the sign.</param>
/// <param name="Decimals">How many of them stand behind the point.</param>
internal readonly record struct ShortNumber(long Digits, int Decimals)
{
    // With the point; beyond 15 digits not each whole number is a double.
    private const int MostDigits = 15;

    private static readonly double[] PowersOfTen = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14];

    /// <summary>The number.</summary>
    public double Value => Decimals == 0 ? Digits : Digits / PowersOfTen[Decimals];

    /// <summary>Reads one at the start of the bytes; gives its length, 0 where there is none. What follows may belong to a number that is not short.</summary>
    public static int Read(ReadOnlySpan<byte> text, out ShortNumber number)
    {
        var start = text is [(byte)'-', ..] ? 1 : 0;
        var (digits, point, at) = (0L, -1, start);
        for (; at < text.Length && at - start < MostDigits; at++)
        {
            var digit = (uint)text[at] - '0';
            if (digit <= 9)
            {
                digits = (digits * 10) + digit;
            }
            else if (text[at] == '.' && point < 0)
            {
                point = at;
            }
            else
            {
                break;
            }
        }
        number = new(start == 0 ? digits : -digits, point < 0 ? 0 : at - 1 - point);
        return at == start || point == start || point == at - 1 ? 0 : at;
    }
}
