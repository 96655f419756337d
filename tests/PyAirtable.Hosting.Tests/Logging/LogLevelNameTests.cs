using Microsoft.Extensions.Logging;
using PyAirtable.Hosting.Logging;

namespace PyAirtable.Hosting.Tests.Logging;

public sealed class LogLevelNameTests
{
    [Theory]
    [InlineData("DEBUG", LogLevel.Debug)]
    [InlineData("info", LogLevel.Information)]
    [InlineData("Information", LogLevel.Information)]
    [InlineData(" warning ", LogLevel.Warning)]
    [InlineData("WARN", LogLevel.Warning)]
    [InlineData("error", LogLevel.Error)]
    [InlineData("CRITICAL", LogLevel.Critical)]
    [InlineData("fatal", LogLevel.Critical)]
    [InlineData("trace", LogLevel.Trace)]
    [InlineData("none", LogLevel.None)]
    public void TryParse_NameOfEitherWorld_IsKnown(string name, LogLevel expected)
    {
        Assert.True(LogLevelName.TryParse(name, out var level));
        Assert.Equal(expected, level);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("loud")]
    [InlineData("20")]
    public void TryParse_UnknownName_IsFalseAndInformation(string? name)
    {
        Assert.False(LogLevelName.TryParse(name, out var level));
        Assert.Equal(LogLevel.Information, level);
    }
}
