using PyAirtable.Load.Comparison;

namespace PyAirtable.Load.Tests.Comparison;

public sealed class ComparisonOptionsTests
{
    [Fact]
    public void Read_Quick_IsTwoRoundsOfThreeSeconds() =>
        Assert.Equal(new ComparisonOptions(2, TimeSpan.FromSeconds(3), "artifacts/load/compare"), ComparisonOptions.Read(["--quick"]));

    [Fact]
    public void Read_AllOptions_AreTaken() =>
        Assert.Equal(new ComparisonOptions(7, TimeSpan.FromSeconds(2), "/tmp/x"), ComparisonOptions.Read(["--rounds", "7", "--seconds", "2", "--output", "/tmp/x"]));

    [Theory]
    [InlineData("--rounds")]
    [InlineData("--rounds", "0")]
    [InlineData("--rounds", "1.5")]
    [InlineData("--seconds", "-1")]
    [InlineData("gateway")]
    public void Read_Mistake_IsToldAsSuch(params string[] words) => Assert.Throws<FormatException>(() => ComparisonOptions.Read(words));
}
