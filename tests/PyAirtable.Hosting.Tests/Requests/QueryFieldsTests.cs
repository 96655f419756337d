using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Requests;

namespace PyAirtable.Hosting.Tests.Requests;

public sealed class QueryFieldsTests
{
    [Theory]
    [InlineData("/?limit=5", "5")]
    [InlineData("/?limit=5&limit=7", "7")]
    [InlineData("/?limit=%205.0+", "5")]
    [InlineData("/?Limit=5", "100")]
    [InlineData("/", "100")]
    [InlineData("/?limit=", "int_parsing")]
    [InlineData("/?limit", "int_parsing")]
    [InlineData("/?limit=ten", "int_parsing")]
    [InlineData("/?limit=1.5", "int_parsing")]
    [InlineData("/?limit=0", "greater_than_equal")]
    [InlineData("/?limit=1001", "less_than_equal")]
    [InlineData("/?limit=-99999999999999999999", "greater_than_equal")]
    public void IntegerOr_AnyText_ConvertsOrTells(string path, string expected)
    {
        var errors = new ValidationErrors();
        var value = new QueryFields(new Exchange("GET", path).Http.Request, errors).IntegerOr("limit", 100, 1, 1000);
        Assert.Equal(expected, errors.Any ? errors.Entries[0].Type : value.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("/?s=a%20b+c%26", "a b c&")]
    [InlineData("/?s=", "")]
    [InlineData("/", null)]
    [InlineData("/?s=%00", "value_error")]
    [InlineData("/?s=abcdefghijk", "string_too_long")]
    public void OptionalText_AnyText_IsTakenOrTold(string path, string? expected)
    {
        var errors = new ValidationErrors();
        var value = new QueryFields(new Exchange("GET", path).Http.Request, errors).OptionalText("s", 10);
        Assert.Equal(expected, errors.Any ? errors.Entries[0].Type : value);
    }

    [Fact]
    public async Task Text_Absent_IsMissingWithNullInput()
    {
        var errors = new ValidationErrors();
        var exchange = new Exchange();
        new QueryFields(exchange.Http.Request, errors).Text("cron_expression");
        await errors.WriteAsync(exchange.Http);
        Assert.Equal("""{"detail":[{"type":"missing","loc":["query","cron_expression"],"msg":"Field required","input":null}]}""", exchange.Answer);
    }
}
