using System.Globalization;
using System.Text;
using PyAirtable.Automation.TextExtraction;

namespace PyAirtable.Automation.Tests.TextExtraction;

public sealed class DecimalTextTests
{
    [Theory]
    [InlineData(0, 1, "0.0")]
    [InlineData(-0.0, 1, "-0.0")]
    [InlineData(1.5, 1, "1.5")]
    [InlineData(-22.25, 2, "-22.25")]
    [InlineData(1.005, 3, "1.005")]
    [InlineData(-0.000001, 6, "-0.000001")]
    [InlineData(100, 1, "100.0")]
    [InlineData(0.1234565, 6, "0.123456")]
    [InlineData(0.0000015, 6, "0.000002")]
    [InlineData(1234567890123.5, 1, "1234567890123.5")]
    public void Format_Number_HasTheDecimalsThatItNeeds(double value, int decimals, string expected)
    {
        Assert.Equal(decimals, DecimalText.Needed(value, least: 1));
        Assert.Equal(expected, Format(value, decimals));
    }

    // The framework is exact; what is written here must be the same.
    [Fact]
    public void Format_AnyNumber_IsTheFrameworksText()
    {
        var random = new Random(1);
        for (var i = 0; i < 100_000; i++)
        {
            // Of all magnitudes, and such as stand in the middle of two millionths or beside it.
            var value = i % 3 == 0
                ? (random.Next(2_000_000) + 0.5) / 1e6
                : (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-8, i % 30 == 1 ? 300 : 16));
            var expected = value.ToString("F6", CultureInfo.InvariantCulture);

            Assert.Equal(expected, Format(value, DecimalText.Precision));
            Assert.Equal(Math.Max(1, 6 - (expected.Length - expected.TrimEnd('0').Length)), DecimalText.Needed(value, least: 1));
        }
    }

    private static string Format(double value, int decimals)
    {
        var text = new byte[DecimalText.MaxLength];
        return Encoding.ASCII.GetString(text, 0, DecimalText.Format(value, decimals, text));
    }
}
