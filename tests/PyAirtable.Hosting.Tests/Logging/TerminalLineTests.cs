using Microsoft.Extensions.Logging;
using PyAirtable.Hosting.Logging;

namespace PyAirtable.Hosting.Tests.Logging;

public sealed class TerminalLineTests
{
    [Fact]
    public async Task Write_Message_ShowsOnlyValuesThatItsTextLacks()
    {
        await using var log = new LogHarness(LogFormat.Terminal);
        log.Logger.Log(
            LogLevel.Warning,
            1,
            new List<KeyValuePair<string, object?>> { new("Name", "mcp"), new("reason", "no answer"), new("tries", 3), new("{OriginalFormat}", "{Name} is down") },
            null,
            (_, _) => "mcp is \"down\"");

        Assert.Equal("10:15:02 WARN  mcp is \"down\" reason=\"no answer\" tries=3\n", await log.TextAsync());
    }

    [Fact]
    public async Task Write_Access_ReadsAsARequest()
    {
        await using var log = new LogHarness(LogFormat.Terminal);
        log.Sink.WriteAccess(new AccessLine("automation", "GET", "/files/{id}", 200, TimeSpan.FromMilliseconds(1.24), 17, "t1"));

        Assert.Equal("10:15:02 INFO  GET /files/{id} 200 1.2ms 17B automation t1\n", await log.TextAsync());
    }

    [Theory]
    [InlineData(200, "32")]
    [InlineData(302, "36")]
    [InlineData(404, "33")]
    [InlineData(500, "31")]
    public async Task Write_ColouredAccess_PaintsTheStatus(int status, string code)
    {
        await using var log = new LogHarness(LogFormat.TerminalColor);
        log.Sink.WriteAccess(new AccessLine("gateway", "GET", "/", status, TimeSpan.Zero, 0));

        Assert.Contains($"\u001b[{code}m{status}\u001b[0m", await log.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_ClientText_CannotMoveTheCursorOrForgeALine()
    {
        await using var log = new LogHarness(LogFormat.Terminal);
        log.Sink.WriteAccess(new AccessLine("gateway", "GET", "/\u001b[2J\r\nx", 404, TimeSpan.Zero, 0));
        log.Logger.LogInformation("path {Path}", "/\u001b[2J\n");

        var text = await log.TextAsync();
        Assert.DoesNotContain('\u001b', text);
        Assert.Equal(2, text.Count(character => character == '\n'));
    }

    [Fact]
    public async Task Write_Exception_PutsFramesOnLinesOfTheirOwn()
    {
        await using var log = new LogHarness(LogFormat.Terminal);
        log.Logger.LogError(Assert.Throws<InvalidOperationException>(Fail), "failed");

        var lines = await log.LinesAsync();
        Assert.Equal("10:15:02 ERROR failed System.InvalidOperationException: no", lines[0]);
        Assert.StartsWith("     at ", lines[1], StringComparison.Ordinal);
    }

    private static void Fail() => throw new InvalidOperationException("no");
}
