using System.Text;
using PyAirtable.Hosting.Events;
using PyAirtable.Testing;

namespace PyAirtable.Hosting.Tests.Events;

public sealed class EventEnvelopeTests
{
    [Fact]
    public void ToJson_AllParts_HasTheDocumentedNamesAndForms()
    {
        var envelope = EventEnvelope.Create("file.uploaded", "automation", "{\"n\": [1,2]}"u8.ToArray(), new ManualTime(), "t-1") with { Id = "e1" };
        Assert.Equal(
            """{"id":"e1","type":"file.uploaded","source":"automation","time":"2025-01-15T09:31:02.000000Z","trace_id":"t-1","data":{"n": [1,2]}}""",
            Encoding.UTF8.GetString(envelope.ToJson().Span));
    }

    [Fact]
    public void TryParse_WhatToJsonWrote_IsTheSame()
    {
        var envelope = EventEnvelope.Create("a.b", "c", "\"é\\u0000\""u8.ToArray(), TimeProvider.System);
        Assert.True(EventEnvelope.TryParse(envelope.ToJson(), out var read, out _));
        Assert.Equal(envelope.Data.ToArray(), read.Data.ToArray());
        Assert.Equal(envelope.Time, read.Time, TimeSpan.FromMicroseconds(1));
        Assert.Equal(envelope with { Data = default, Time = default }, read with { Data = default, Time = default });
    }

    [Theory]
    [InlineData("2025-01-15T09:31:02.000417+00:00")]
    [InlineData("2025-01-15T09:31:02.000417")]
    [InlineData("2025-01-15T11:31:02.000417+02:00")]
    public void TryParse_PythonTime_IsReadAsUtc(string time)
    {
        var json = Encoding.UTF8.GetBytes($$"""{"extra":1,"id":"1","type":"t","time":"{{time}}"}""");
        Assert.True(EventEnvelope.TryParse(json, out var read, out _));
        Assert.Equal(new DateTimeOffset(2025, 1, 15, 9, 31, 2, 0, 417, TimeSpan.Zero), read.Time);
        Assert.Equal("null", Encoding.UTF8.GetString(read.Data.Span));
    }

    [Theory]
    [InlineData("", "not valid JSON")]
    [InlineData("{", "not valid JSON")]
    [InlineData("[]", "not a JSON object")]
    [InlineData("{}", "no id")]
    [InlineData("""{"id":1}""", "no id")]
    [InlineData("""{"id":"1","type":""}""", "no type")]
    [InlineData("""{"id":"1","type":"t"}""", "no time in RFC 3339")]
    [InlineData("""{"id":"1","type":"t","time":"soon"}""", "no time in RFC 3339")]
    [InlineData("""{"id":"\ud800","type":"t"}""", "not valid JSON")]
    public void TryParse_Broken_SaysWhy(string json, string expected)
    {
        Assert.False(EventEnvelope.TryParse(Encoding.UTF8.GetBytes(json), out _, out var error));
        Assert.Equal(expected, error);
    }
}
