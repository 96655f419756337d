using PyAirtable.Hosting.Settings;

namespace PyAirtable.Hosting.Tests.Settings;

public sealed class DotEnvFileTests
{
    [Theory]
    [InlineData("A=1", "A", "1")]
    [InlineData("  A = 1  ", "A", "1")]
    [InlineData("export A=1", "A", "1")]
    [InlineData("A=\"x # y\"", "A", "x # y")]
    [InlineData("A='x'", "A", "x")]
    [InlineData("A=x # comment", "A", "x")]
    [InlineData("A=x=y", "A", "x=y")]
    [InlineData("A=", "A", "")]
    [InlineData("A=\"", "A", "\"")]
    public void TryParse_Assignment_IsTaken(string line, string name, string value)
    {
        Assert.True(DotEnvFile.TryParse(line, out var foundName, out var foundValue));
        Assert.Equal((name, value), (foundName, foundValue));
    }

    [Theory]
    [InlineData("")]
    [InlineData("# A=1")]
    [InlineData("A")]
    [InlineData("=1")]
    public void TryParse_Other_IsSkipped(string line) => Assert.False(DotEnvFile.TryParse(line, out _, out _));

    [Fact]
    public void Read_NoFile_IsEmpty() => Assert.Null(DotEnvFile.Read("/no/such/.env").Find("PATH"));
}
