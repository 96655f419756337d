using PyAirtable.Hosting.Settings;

namespace PyAirtable.Hosting.Tests.Settings;

public sealed class SettingParsersTests
{
    [Theory]
    [InlineData("86400", 86400)]
    [InlineData("24h", 86400)]
    [InlineData("7d", 604800)]
    [InlineData("15m", 900)]
    [InlineData("30s", 30)]
    [InlineData(" 30 S ", 30)]
    [InlineData("-5", -5)]
    public void Duration_Good_IsSeconds(string text, double seconds)
    {
        Assert.True(SettingParsers.Duration(text, out var value));
        Assert.Equal(seconds, value.TotalSeconds);
    }

    [Fact]
    public void Duration_Milliseconds_AreTaken()
    {
        Assert.True(SettingParsers.Duration("250ms", out var value));
        Assert.Equal(250, value.TotalMilliseconds);
    }

    [Theory]
    [InlineData("1w")]
    [InlineData("1.5h")]
    [InlineData("h")]
    [InlineData("")]
    [InlineData("99999999999999999d")]
    [InlineData("1h30m")]
    public void Duration_Bad_IsRefused(string text) => Assert.False(SettingParsers.Duration(text, out _));

    [Theory]
    [InlineData("104857600", 104857600)]
    [InlineData("10MB", 10485760)]
    [InlineData("10mb", 10485760)]
    [InlineData("1 GB", 1073741824)]
    [InlineData("2kb", 2048)]
    [InlineData("7b", 7)]
    public void Size_Good_IsBytes(string text, long bytes)
    {
        Assert.True(SettingParsers.Size(text, out var value));
        Assert.Equal(bytes, value);
    }

    [Theory]
    [InlineData("10XB")]
    [InlineData("1.5MB")]
    [InlineData("MB")]
    [InlineData("9999999999999GB")]
    public void Size_Bad_IsRefused(string text) => Assert.False(SettingParsers.Size(text, out _));

    [Theory]
    [InlineData("TRUE", true)]
    [InlineData("1", true)]
    [InlineData("on", true)]
    [InlineData("No", false)]
    [InlineData("0", false)]
    [InlineData("F", false)]
    public void Flag_Good_IsTaken(string text, bool expected)
    {
        Assert.True(SettingParsers.Flag(text, out var value));
        Assert.Equal(expected, value);
    }

    [Fact]
    public void Flag_Bad_IsRefused() => Assert.False(SettingParsers.Flag("maybe", out _));

    [Theory]
    [InlineData("http://localhost:8002")]
    [InlineData("https://host/base/path/")]
    [InlineData("http://[::1]:80")]
    public void HttpUrl_Good_IsKeptAsGiven(string text)
    {
        Assert.True(SettingParsers.HttpUrl(text, out var value));
        Assert.Equal(text, value);
    }

    [Theory]
    [InlineData("localhost:8002")]
    [InlineData("ftp://host")]
    [InlineData("http://")]
    [InlineData("http://host?x=1")]
    [InlineData("http://host#x")]
    [InlineData("/path")]
    [InlineData("http://u:p@host")]
    public void HttpUrl_Bad_IsRefused(string text) => Assert.False(SettingParsers.HttpUrl(text, out _));

    [Theory]
    [InlineData("a, b ,,c", "a|b|c")]
    [InlineData("[\"a\", \" b\"]", "a|b")]
    [InlineData("[]", "")]
    [InlineData("*", "*")]
    public void List_Good_IsTrimmed(string text, string expected)
    {
        Assert.True(SettingParsers.List(text, out var value));
        Assert.Equal(expected, string.Join('|', value));
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("[\"a\"")]
    public void List_Bad_IsRefused(string text) => Assert.False(SettingParsers.List(text, out _));
}
