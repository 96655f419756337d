using PyAirtable.Hosting.Logging;

namespace PyAirtable.Hosting.Tests.Logging;

public sealed class LogOptionsTests
{
    [Theory]
    [InlineData(false, null, null, null, LogFormat.Json)]
    [InlineData(true, null, null, "xterm", LogFormat.TerminalColor)]
    [InlineData(true, "1", null, "xterm", LogFormat.Terminal)]
    [InlineData(true, "", null, "xterm", LogFormat.TerminalColor)]
    [InlineData(true, null, null, "dumb", LogFormat.Terminal)]
    [InlineData(true, null, " JSON ", "xterm", LogFormat.Json)]
    [InlineData(false, null, "text", null, LogFormat.Terminal)]
    [InlineData(true, null, "text", "xterm", LogFormat.TerminalColor)]
    public void ForOutput_Environment_SuitsTheReader(bool isTerminal, string? noColor, string? logFormat, string? term, LogFormat expected) =>
        Assert.Equal(expected, LogOptions.ForOutput(isTerminal, noColor, logFormat, term));
}
