using System.Text.Json;
using PyAirtable.Automation.Steps;

namespace PyAirtable.Automation.Tests.Steps;

public sealed class PythonTextTests
{
    [Theory]
    [Contract("9.11")]
    [InlineData("null", "None")]
    [InlineData("true", "True")]
    [InlineData("false", "False")]
    [InlineData("1", "1")]
    [InlineData("-0", "0")]
    [InlineData("1.0", "1.0")]
    [InlineData("0.1", "0.1")]
    [InlineData("1e5", "100000.0")]
    [InlineData("1e16", "1e+16")]
    [InlineData("1.5e-5", "1.5e-05")]
    [InlineData("0.0001", "0.0001")]
    [InlineData("-2.50", "-2.5")]
    [InlineData("12345678901234567890123", "12345678901234567890123")]
    [InlineData("\"a b\"", "a b")]
    [InlineData("[]", "[]")]
    [InlineData("[1,\"a\",null,[true]]", "[1, 'a', None, [True]]")]
    [InlineData("{\"a\":\"it's\",\"b\":{\"c\":1.0}}", "{'a': \"it's\", 'b': {'c': 1.0}}")]
    [InlineData("[\"a\\nb\\\\\"]", "['a\\nb\\\\']")]
    public void Of_Value_IsPythonsText(string json, string expected) => Assert.Equal(expected, PythonText.Of(JsonElement.Parse(json)));

    [Theory]
    [InlineData("null", false)]
    [InlineData("0", false)]
    [InlineData("0.0", false)]
    [InlineData("\"\"", false)]
    [InlineData("[]", false)]
    [InlineData("{}", false)]
    [InlineData("\"false\"", true)]
    [InlineData("2", true)]
    [InlineData("true", true)]
    public void IsTrue_Value_IsPythonsTruth(string json, bool expected) => Assert.Equal(expected, PythonText.IsTrue(JsonElement.Parse(json)));
}
