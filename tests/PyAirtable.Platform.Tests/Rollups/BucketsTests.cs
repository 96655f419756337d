using PyAirtable.Platform.Rollups;

namespace PyAirtable.Platform.Tests.Rollups;

public sealed class BucketsTests
{
    [Theory]
    [InlineData("2025-01-15T09:30:00", "2025-01-15T09:30:00", "2025-01-15T09:30:00")]
    [InlineData("2025-01-15T09:30:00.000001", "2025-01-15T09:30:00", "2025-01-15T09:40:00")]
    [InlineData("2025-01-15T23:59:59.999999", "2025-01-15T23:50:00", "2025-01-16T00:00:00")]
    [InlineData("1925-02-28T00:00:00", "1925-02-28T00:00:00", "1925-02-28T00:00:00")]
    public void FloorAndCeiling_Time_AreTheBucketsAroundIt(string time, string floor, string ceiling)
    {
        var parsed = Parse(time);

        Assert.Equal((Parse(floor), Parse(ceiling)), (Buckets.Floor(parsed), Buckets.Ceiling(parsed)));
    }

    private static DateTime Parse(string text) => DateTime.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
