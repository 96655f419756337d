using System.Text.Json;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Tests.Requests;

namespace PyAirtable.Hosting.Tests.Errors;

public sealed class ValidationErrorsTests
{
    [Fact]
    public async Task WriteAsync_SeveralFaults_KeepsTheirOrder()
    {
        var errors = new ValidationErrors();
        errors.Add(ValidationError.IntegerParsing(Location.Path.Member("user_id"), "x"));
        errors.Add(ValidationError.TooSmall(Location.Query.Member("limit"), "0", 1));
        errors.Add(ValidationError.StringTooLong(Location.Body.Member("metrics").Item(1).Member("metric_name"), JsonElement.Parse("\"ab\""), 1));
        var exchange = new Exchange();
        await errors.WriteAsync(exchange.Http);
        Assert.Equal(422, exchange.Status);
        Assert.Equal(
            """{"detail":[{"type":"int_parsing","loc":["path","user_id"],"msg":"Input should be a valid integer, unable to parse string as an integer","input":"x"},{"type":"greater_than_equal","loc":["query","limit"],"msg":"Input should be greater than or equal to 1","input":"0","ctx":{"ge":1}},{"type":"string_too_long","loc":["body","metrics",1,"metric_name"],"msg":"String should have at most 1 character","input":"ab","ctx":{"max_length":1}}]}""",
            exchange.Answer);
    }

    [Theory]
    [InlineData("""{"password":"s3cret","a":1}""", """{"password":"***","a":1}""")]
    [InlineData("""{"Password":"s3cret","b":{"refresh_token":["s3cret"]}}""", """{"Password":"***","b":{"refresh_token":"***"}}""")]
    [InlineData("""[{"new_password":{"x":"s3cret"},"current_password":7}]""", """[{"new_password":"***","current_password":"***"}]""")]
    public async Task WriteAsync_SecretsInInput_AreMaskedAtAnyDepth(string input, string shown)
    {
        var errors = new ValidationErrors();
        errors.Add(ValidationError.Missing(Location.Body.Member("email"), JsonElement.Parse(input)));
        var exchange = new Exchange();
        await errors.WriteAsync(exchange.Http);
        Assert.Contains("\"input\":" + shown, exchange.Answer, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", exchange.Answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WriteAsync_EntryAboutASecret_IsMasked()
    {
        var errors = new ValidationErrors();
        errors.Add(ValidationError.StringType(Location.Body.Member("password"), JsonElement.Parse("12345")));
        errors.Add(ValidationError.StringTooShort(Location.Body.Member("new_password"), JsonElement.Parse("\"12345\""), 8));
        var exchange = new Exchange();
        await errors.WriteAsync(exchange.Http);
        Assert.DoesNotContain("12345", exchange.Answer, StringComparison.Ordinal);
        Assert.Contains("""
            "input":"***"
            """.Trim(), exchange.Answer, StringComparison.Ordinal);
    }

    [Fact]
    public void Add_BeyondCapacity_IsDropped()
    {
        var errors = new ValidationErrors();
        for (var i = 0; i < ValidationErrors.Capacity + 50; i++)
        {
            errors.Add(ValidationError.Missing(Location.Body.Item(i), default(ErrorInput)));
        }

        Assert.Equal(ValidationErrors.Capacity, errors.Entries.Count);
        Assert.True(errors.IsFull);
    }
}
