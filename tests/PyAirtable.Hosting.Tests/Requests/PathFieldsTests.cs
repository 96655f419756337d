using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Requests;

namespace PyAirtable.Hosting.Tests.Requests;

public sealed class PathFieldsTests
{
    [Theory]
    [InlineData("7", 7L)]
    [InlineData("-1", -1L)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("9223372036854775808", long.MaxValue)]
    [InlineData("-9223372036854775808", long.MinValue)]
    [InlineData("-9223372036854775809", long.MinValue)]
    public void RequiredInteger_WithoutBounds_Saturates(string text, long expected)
    {
        var errors = new ValidationErrors();
        Assert.Equal(expected, PathFields.RequiredInteger(errors, "file_id", text, long.MinValue, long.MaxValue));
        Assert.False(errors.Any);
    }

    [Theory]
    [InlineData("nope")]
    [InlineData("")]
    [InlineData("1e3")]
    [InlineData("0x1")]
    [InlineData("--1")]
    [InlineData("1.")]
    [InlineData(".0")]
    public async Task RequiredInteger_NoInteger_IsTold(string text)
    {
        var errors = new ValidationErrors();
        PathFields.RequiredInteger(errors, "file_id", text);
        var exchange = new Exchange();
        await errors.WriteAsync(exchange.Http);
        Assert.Contains("""{"type":"int_parsing","loc":["path","file_id"]""", exchange.Answer, StringComparison.Ordinal);
    }
}
