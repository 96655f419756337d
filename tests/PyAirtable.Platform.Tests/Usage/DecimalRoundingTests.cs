using PyAirtable.Platform.Usage;

namespace PyAirtable.Platform.Tests.Usage;

public sealed class DecimalRoundingTests
{
    // What Python's round answers.
    [Theory]
    [InlineData(0.125, 2, 0.12)]
    [InlineData(0.375, 2, 0.38)]
    [InlineData(2.5, 0, 2.0)]
    [InlineData(5e-05, 4, 0.0001)]
    [InlineData(0.00015, 4, 0.0001)]
    [InlineData(1.00005, 4, 1.0001)]
    [InlineData(0.03125, 4, 0.0312)]
    [InlineData(0.09375, 4, 0.0938)]
    [InlineData(2.00048828125, 4, 2.0005)]
    [InlineData(5e-07, 6, 0.0)]
    [InlineData(1e-09, 6, 0.0)]
    [InlineData(123456789.12345678, 4, 123456789.1235)]
    [InlineData(1e+17, 4, 1e+17)]
    [InlineData(0.0, 4, 0.0)]
    [InlineData(-0.03125, 4, -0.0312)]
    [InlineData(-0.09375, 4, -0.0938)]
    [InlineData(0.30000000000000004, 4, 0.3)]
    [InlineData(5e-324, 6, 0.0)]
    [InlineData(9007199254.740993, 6, 9007199254.740993)]
    [InlineData(0.005666666666666667, 4, 0.0057)]
    [InlineData(34737.0, 6, 34737.0)]
    [InlineData(231.859375, 4, 231.8594)]
    [InlineData(0.00038075791704476517, 4, 0.0004)]
    [InlineData(0.00408151054974514, 4, 0.0041)]
    [InlineData(617.9261849630811, 4, 617.9262)]
    [InlineData(2717.5, 4, 2717.5)]
    [InlineData(9614.779889500835, 6, 9614.77989)]
    [InlineData(0.09409760010879992, 4, 0.0941)]
    [InlineData(8644.75, 6, 8644.75)]
    [InlineData(0.43359375, 6, 0.433594)]
    [InlineData(15.384033203125, 4, 15.384)]
    [InlineData(0.0048121838623686386, 4, 0.0048)]
    [InlineData(562.25, 6, 562.25)]
    [InlineData(5.785188290568746e-05, 6, 5.8e-05)]
    [InlineData(946.609375, 4, 946.6094)]
    public void Round_Double_IsPythons(double value, int digits, double expected) => Assert.Equal(expected, DecimalRounding.Round(value, digits));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Round_NotFinite_Stays(double value) => Assert.Equal(value, DecimalRounding.Round(value, 4));
}
