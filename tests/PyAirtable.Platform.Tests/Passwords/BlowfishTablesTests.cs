using System.Numerics;
using PyAirtable.Platform.Passwords;

namespace PyAirtable.Platform.Tests.Passwords;

public sealed class BlowfishTablesTests
{
    // More bits than the table has, for what the divisions lose.
    private const int Bits = (1042 * 32) + 64;

    [Fact]
    public void Initial_AllWords_AreTheFractionOfPi()
    {
        // Machin's formula.
        var pi = 4 * ((4 * Arctangent(5)) - Arctangent(239));
        var words = Enumerable.Range(1, 1042).Select(i => (uint)((pi >> (Bits - (32 * i))) & uint.MaxValue));

        Assert.Equal(words, BlowfishTables.Initial.ToArray());
    }

    /// <summary>The arctangent of a number's reciprocal, by its series.</summary>
    private static BigInteger Arctangent(int reciprocal)
    {
        var power = (BigInteger.One << Bits) / reciprocal;
        var sum = power;
        for (var i = 1; !power.IsZero; i++)
        {
            power /= reciprocal * reciprocal;
            sum += (i % 2 == 0 ? power : -power) / ((2 * i) + 1);
        }

        return sum;
    }
}
