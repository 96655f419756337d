using PyAirtable.Hosting.Logging;

namespace PyAirtable.Hosting.Tests.Logging;

public sealed class LogBufferTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public void Append_Lines_AreTakenInOrder()
    {
        var buffer = new LogBuffer(100);
        buffer.Append("first\n"u8);
        buffer.Append("second\n"u8);

        Assert.True(buffer.Take(TimeSpan.Zero, out var lines, out var dropped));
        Assert.Equal("first\nsecond\n"u8, lines);
        Assert.Equal(0, dropped);
    }

    [Fact]
    public void Append_NoRoom_DropsTheLineAndCountsIt()
    {
        var buffer = new LogBuffer(10);
        buffer.Append("1234567\n"u8);
        buffer.Append("12\n"u8);
        buffer.Append("1\n"u8);

        buffer.Take(TimeSpan.Zero, out var lines, out var dropped);
        Assert.Equal("1234567\n1\n"u8, lines);
        Assert.Equal(1, dropped);
        buffer.Take(TimeSpan.Zero, out lines, out dropped);
        Assert.True(lines.IsEmpty);
        Assert.Equal(0, dropped);
    }

    [Fact]
    public void Append_WhileWhatWasTakenIsWritten_DoesNotTouchIt()
    {
        var buffer = new LogBuffer(100);
        buffer.Append("first\n"u8);
        buffer.Take(TimeSpan.Zero, out var lines, out _);
        buffer.Append("later\n"u8);

        Assert.Equal("first\n"u8, lines);
        buffer.Take(TimeSpan.Zero, out lines, out _);
        Assert.Equal("later\n"u8, lines);
    }

    [Fact]
    public void Append_MoreThanTheFirstRoom_KeepsAll()
    {
        var buffer = new LogBuffer(1_000_000);
        var line = new byte[999];
        for (var i = 0; i < 1000; i++)
        {
            buffer.Append(line);
        }

        buffer.Take(TimeSpan.Zero, out var lines, out var dropped);
        Assert.Equal(999_000, lines.Length);
        Assert.Equal(0, dropped);
    }

    [Fact]
    public async Task Take_NothingThere_WaitsForALine()
    {
        var buffer = new LogBuffer(100);
        var taking = TakeAsync(buffer);
        buffer.Append("line\n"u8);

        Assert.Equal((true, 5), await taking);
    }

    [Fact]
    public async Task Take_Hurried_ReturnsWithNothing()
    {
        var buffer = new LogBuffer(100);
        var taking = TakeAsync(buffer);
        buffer.Hurry();

        Assert.Equal((true, 0), await taking);
    }

    [Fact]
    public async Task Take_Closed_GivesTheLastLinesAndThenTheEnd()
    {
        var buffer = new LogBuffer(100);
        buffer.Append("last\n"u8);
        buffer.Close();
        buffer.Append("too late\n"u8);

        Assert.Equal((true, 5), await TakeAsync(buffer));
        Assert.Equal((false, 0), await TakeAsync(buffer));
    }

    private static Task<(bool Open, int Bytes)> TakeAsync(LogBuffer buffer) => Task.Run(() =>
    {
        var open = buffer.Take(Timeout.InfiniteTimeSpan, out var lines, out _);
        return (open, lines.Length);
    }).WaitAsync(Patience);
}
