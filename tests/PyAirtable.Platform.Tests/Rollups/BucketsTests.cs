using PyAirtable.Platform.Rollups;

namespace PyAirtable.Platform.Tests.Rollups;

public sealed class BucketsTests
{
    [Theory]
    [InlineData("2025-01-15T09:30:00", "2025-01-15T09:30:00", "2025-01-16T00:00:00")]
    [InlineData("2025-01-15T09:30:00.000001", "2025-01-15T09:40:00", "2025-01-16T00:00:00")]
    [InlineData("2025-01-31T23:59:59.999999", "2025-02-01T00:00:00", "2025-02-01T00:00:00")]
    [InlineData("1925-02-28T00:00:00", "1925-02-28T00:00:00", "1925-02-28T00:00:00")]
    public void Ceilings_Time_AreTheNextBucketAndTheNextDay(string time, string bucket, string day)
    {
        var parsed = Parse(time);

        Assert.Equal((Parse(bucket), Parse(day)), (Buckets.Ceiling(parsed), Buckets.DayCeiling(parsed)));
    }

    private static DateTime Parse(string text) => DateTime.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
