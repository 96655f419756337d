using System.Text;
using System.Text.Json;

namespace PyAirtable.Platform.Tests;

public sealed class WireTimeTests
{
    [Theory]
    [InlineData(0, "2025-01-15T09:31:02", "2025-01-15T09:31:02Z")]
    [InlineData(417, "2025-01-15T09:31:02.000417", "2025-01-15T09:31:02.000417Z")]
    [InlineData(500_000, "2025-01-15T09:31:02.500000", "2025-01-15T09:31:02.5Z")]
    public void Write_Time_HasTheDigitsOfItsFamily(int microseconds, string python, string go)
    {
        var time = new DateTime(2025, 1, 15, 9, 31, 2).AddMicroseconds(microseconds);
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            WireTime.Write(json, "a"u8, time);
            WireTime.WriteZoned(json, "b"u8, time);
            json.WriteEndObject();
        }

        Assert.Equal($$"""{"a":"{{python}}","b":"{{go}}"}""", Encoding.UTF8.GetString(body.ToArray()));
    }
}
