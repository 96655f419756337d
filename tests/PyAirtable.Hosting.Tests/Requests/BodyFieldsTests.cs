using System.Globalization;
using System.Text;
using System.Text.Json;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Requests;

namespace PyAirtable.Hosting.Tests.Requests;

public sealed class BodyFieldsTests
{
    [Theory]
    [InlineData("5", "5")]
    [InlineData("5.0", "5")]
    [InlineData("1e2", "100")]
    [InlineData("\"5\"", "5")]
    [InlineData("\" -7 \"", "-7")]
    [InlineData("\"+7.00\"", "7")]
    [InlineData("true", "1")]
    [InlineData("false", "0")]
    [InlineData("-2147483647", "-2147483647")]
    [InlineData("5.5", "int_from_float")]
    [InlineData("\"5.5\"", "int_parsing")]
    [InlineData("\"\"", "int_parsing")]
    [InlineData("\"1_000\"", "int_parsing")]
    [InlineData("\"٣\"", "int_parsing")]
    [InlineData("\"7\\u0000\"", "int_parsing")]
    [InlineData("null", "int_type")]
    [InlineData("[]", "int_type")]
    [InlineData("{}", "int_type")]
    [InlineData("2147483648", "less_than_equal")]
    [InlineData("-2147483648", "greater_than_equal")]
    [InlineData("\"99999999999999999999999\"", "less_than_equal")]
    [InlineData("-1e300", "greater_than_equal")]
    [InlineData("1e999", "finite_number")]
    public void RequiredInteger_AnyValue_ConvertsOrTells(string json, string expected) =>
        AssertReads(json, expected, fields => fields.RequiredInteger("x").ToString(CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("1.5", "1.5")]
    [InlineData("3", "3")]
    [InlineData("\"1.5\"", "1.5")]
    [InlineData("\" 1e-3 \"", "0.001")]
    [InlineData("\".5\"", "0.5")]
    [InlineData("true", "1")]
    [InlineData("\"nan\"", "finite_number")]
    [InlineData("\"-INF\"", "finite_number")]
    [InlineData("\"Infinity\"", "finite_number")]
    [InlineData("\"1e999\"", "finite_number")]
    [InlineData("1e999", "finite_number")]
    [InlineData("\"1,5\"", "float_parsing")]
    [InlineData("\"\"", "float_parsing")]
    [InlineData("\"1.5\\u0000\"", "float_parsing")]
    [InlineData("null", "float_type")]
    [InlineData("[1]", "float_type")]
    public void Number_AnyValue_ConvertsOrTells(string json, string expected) =>
        AssertReads(json, expected, fields => fields.Number("x").ToString(CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("true", "True")]
    [InlineData("1", "True")]
    [InlineData("0.0", "False")]
    [InlineData("\"YES\"", "True")]
    [InlineData("\"on\"", "True")]
    [InlineData("\"F\"", "False")]
    [InlineData("\"0\"", "False")]
    [InlineData("2", "bool_parsing")]
    [InlineData("\"maybe\"", "bool_parsing")]
    [InlineData("\" true\"", "bool_parsing")]
    [InlineData("null", "bool_type")]
    [InlineData("{}", "bool_type")]
    public void Boolean_AnyValue_ConvertsOrTells(string json, string expected) =>
        AssertReads(json, expected, fields => fields.Boolean("x").ToString());

    [Theory]
    [InlineData("\"abc\"", "abc")]
    [InlineData("\"😀😀😀\"", "😀😀😀")]
    [InlineData("\"\"", "string_too_short")]
    [InlineData("\"abcd\"", "string_too_long")]
    [InlineData("\"😀😀😀😀\"", "string_too_long")]
    [InlineData("\"a\\u0000\"", "value_error")]
    [InlineData("5", "string_type")]
    [InlineData("null", "string_type")]
    public void Text_AnyValue_IsTakenOrTold(string json, string expected) => AssertReads(json, expected, fields => fields.Text("x", 1, 3));

    [Theory]
    [InlineData("{\"a\":[1]}", "{\"a\":[1]}")]
    [InlineData("{\"a\":\"\\\\u0000\"}", "{\"a\":\"\\\\u0000\"}")]
    [InlineData("{\"a\":\"\\\\\\u0000\"}", "value_error")]
    [InlineData("{\"\\u0000\":1}", "value_error")]
    [InlineData("[]", "dict_type")]
    [InlineData("null", "dict_type")]
    public void ObjectValue_AnyValue_IsTakenOrTold(string json, string expected) =>
        AssertReads(json, expected, fields => fields.ObjectValue("x") is { ValueKind: not JsonValueKind.Undefined } value ? value.GetRawText() : "");

    [Theory]
    [InlineData("[{},{\"a\":1}]", "[{},{\"a\":1}]")]
    [InlineData("[]", "[]")]
    [InlineData("{}", "list_type")]
    [InlineData("[{},1]", "dict_type")]
    [InlineData("[{\"a\":\"\\u0000\"}]", "value_error")]
    public void OptionalObjects_AnyValue_IsTakenOrTold(string json, string expected) =>
        AssertReads(json, expected, fields => fields.OptionalObjects("x")?.GetRawText() ?? "");

    [Fact]
    public void Optional_AbsentOrNull_IsNullWithoutFault()
    {
        foreach (var json in new[] { "{}", """{"x":null}""" })
        {
            var errors = new ValidationErrors();
            var fields = Fields(json, errors);
            Assert.Null(fields.OptionalText("x"));
            Assert.Null(fields.OptionalInteger("x"));
            Assert.Null(fields.OptionalNumber("x"));
            Assert.Null(fields.OptionalBoolean("x"));
            Assert.Null(fields.OptionalObject("x"));
            Assert.Null(fields.OptionalObjects("x"));
            Assert.False(errors.Any);
        }
    }

    [Fact]
    public void Has_AnyBody_IsTrueForItsMembersOnly()
    {
        var errors = new ValidationErrors();
        var fields = Fields("""{"x":null,"y":1}""", errors);
        Assert.True(fields.Has("x"));
        Assert.True(fields.Has("y"));
        Assert.False(fields.Has("X"));
        Assert.False(Fields("[1]", new ValidationErrors()).Has("x"));
        Assert.False(errors.Any);
    }

    [Fact]
    public void Fallback_Absent_IsTakenButNullIsRefused()
    {
        var errors = new ValidationErrors();
        var fields = Fields("""{"x":null}""", errors);
        Assert.Equal("counter", fields.Text("y", "counter", maxLength: 50));
        Assert.True(fields.Boolean("y", fallback: true));
        Assert.Equal(9, fields.IntegerOr("y", 9, 0, 10));
        Assert.Equal(JsonValueKind.Undefined, fields.ObjectValueOrAbsent("y").ValueKind);
        Assert.Equal(JsonValueKind.Undefined, fields.ObjectsOrAbsent("y").ValueKind);
        Assert.False(errors.Any);
        fields.Text("x", "counter");
        fields.Boolean("x", fallback: true);
        fields.IntegerOr("x", 9, 0, 10);
        fields.ObjectValueOrAbsent("x");
        fields.ObjectsOrAbsent("x");
        Assert.Equal(["string_type", "bool_type", "int_type", "dict_type", "list_type"], errors.Entries.Select(entry => entry.Type));
    }

    [Fact]
    public async Task Missing_WithASecretBeside_ShowsTheMaskedObject()
    {
        var errors = new ValidationErrors();
        var fields = Fields("""{"password":"s3cret","first_name":"Ada"}""", errors);
        fields.Email("email");
        Assert.Equal("s3cret", fields.Text("password"));
        var exchange = new Exchange();
        await errors.WriteAsync(exchange.Http);
        Assert.Equal(
            """{"detail":[{"type":"missing","loc":["body","email"],"msg":"Field required","input":{"password":"***","first_name":"Ada"}}]}""",
            exchange.Answer);
    }

    [Fact]
    public async Task Text_EchoOfAnyScript_IsNotEscaped()
    {
        var errors = new ValidationErrors();
        Fields("""{"x":["é\u2028 \ud83d\ude00 <'&>","a\u0001\n\"\\"]}""", errors).Text("x");
        var exchange = new Exchange();
        await errors.WriteAsync(exchange.Http);
        Assert.Contains("\"input\":[\"é\u2028 \U0001f600 <'&>\",\"a\\u0001\\n\\\"\\\\\"]", exchange.Answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Items_FaultyItems_AreToldWithTheirPlace()
    {
        var errors = new ValidationErrors();
        var names = Fields("""{"metrics":[{"metric_name":"a"},7,{}]}""", errors).Items("metrics").Select(item => item.Text("metric_name")).ToList();
        Assert.Equal(["a", ""], names);
        var exchange = new Exchange();
        await errors.WriteAsync(exchange.Http);
        Assert.Contains("""["body","metrics",1],"msg":"Input should be a valid dictionary or object""", exchange.Answer, StringComparison.Ordinal);
        Assert.Contains("""["body","metrics",2,"metric_name"]""", exchange.Answer, StringComparison.Ordinal);
    }

    [Fact]
    public void Items_ManyFaultyItems_StopEarly()
    {
        var errors = new ValidationErrors();
        var seen = Fields("{\"m\":[" + string.Join(',', Enumerable.Repeat("{}", 100_000)) + "]}", errors).Items("m").Count(item => item.Text("n") is "");
        Assert.Equal(ValidationErrors.Capacity, errors.Entries.Count);
        Assert.Equal(ValidationErrors.Capacity, seen);
    }

    private static void AssertReads(string json, string expected, Func<BodyFields, string> read)
    {
        var errors = new ValidationErrors();
        var value = read(Fields("{\"x\":" + json + "}", errors));
        Assert.Equal(expected, errors.Any ? errors.Entries[0].Type : value);
        Assert.True(errors.Entries.Count <= 1);
    }

    private static BodyFields Fields(string json, ValidationErrors errors) => JsonBody.Parse(Encoding.UTF8.GetBytes(json), isJson: true).Fields(errors);
}
