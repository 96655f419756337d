using PyAirtable.Platform.Access;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests.Access;

public sealed class NaiveTimeTests
{
    [Theory]
    [InlineData(0, "2025-01-15T09:31:02")]
    [InlineData(417, "2025-01-15T09:31:02.000417")]
    [InlineData(500_000, "2025-01-15T09:31:02.500000")]
    public void Text_Time_HasNoOrSixDigits(int microseconds, string expected)
    {
        var time = new DateTime(2025, 1, 15, 9, 31, 2).AddMicroseconds(microseconds);

        Assert.Equal((expected, expected + "Z"), (NaiveTime.Text(time), NaiveTime.ZonedText(time)));
    }

    [Fact]
    public void Now_Clock_IsCutToMicroseconds()
    {
        var clock = new ManualTime();
        clock.Advance(TimeSpan.FromTicks(19));

        Assert.Equal((1, DateTimeKind.Unspecified), (NaiveTime.Now(clock).Microsecond, NaiveTime.Now(clock).Kind));
    }
}
