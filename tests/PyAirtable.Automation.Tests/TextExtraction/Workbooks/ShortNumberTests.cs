using System.Globalization;
using System.Text;
using PyAirtable.Automation.TextExtraction.Workbooks;

namespace PyAirtable.Automation.Tests.TextExtraction.Workbooks;

public sealed class ShortNumberTests
{
    [Theory]
    [InlineData("1", 1, 1d)]
    [InlineData("-0.125<", 6, -0.125)]
    [InlineData("40001.75 ", 8, 40001.75)]
    [InlineData("1.2.3", 3, 1.2)]
    [InlineData("0000000000000001", 15, 0d)]
    [InlineData("", 0, null)]
    [InlineData("-", 0, null)]
    [InlineData(".5", 0, null)]
    [InlineData("5.", 0, null)]
    [InlineData("-.5", 0, null)]
    [InlineData("+1", 0, null)]
    [InlineData("e1", 0, null)]
    public void Read_Text_GivesTheNumberAtItsStart(string text, int length, double? value)
    {
        Assert.Equal(length, ShortNumber.Read(Encoding.UTF8.GetBytes(text), out var number));
        Assert.True(value is null || number.Value == value);
    }

    // The framework's number is the nearest.
    [Fact]
    public void Value_AnyShortNumber_IsTheFrameworksNumber()
    {
        var random = new Random(1);
        for (var i = 0; i < 10_000; i++)
        {
            var text = (random.NextInt64(100_000_000_000_000) / (decimal)Math.Pow(10, random.Next(14))).ToString(CultureInfo.InvariantCulture);
            text = text[..Math.Min(15, text.Length)].TrimEnd('.');

            Assert.Equal(text.Length, ShortNumber.Read(Encoding.UTF8.GetBytes(text), out var number));
            Assert.Equal(double.Parse(text, CultureInfo.InvariantCulture), number.Value);
        }
    }
}
