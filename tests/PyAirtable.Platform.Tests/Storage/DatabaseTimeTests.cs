using PyAirtable.Platform.Storage;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests.Storage;

public sealed class DatabaseTimeTests
{
    [Fact]
    public void Now_Clock_IsCutToMicroseconds()
    {
        var clock = new ManualTime();
        clock.Advance(TimeSpan.FromTicks(19));

        Assert.Equal((1, DateTimeKind.Unspecified), (clock.Now().Microsecond, clock.Now().Kind));
    }
}
