using System.Text.Json;
using PyAirtable.Gateway.Cutover.Shadow;

namespace PyAirtable.Gateway.Tests.Cutover.Shadow;

public sealed class JsonComparisonTests
{
    [Theory]
    [InlineData("""{"a":1,"b":[1,2]}""", """{"b":[1,2],"a":1.0}""", "")]
    [InlineData("\"\\u0061\"", "\"a\"", "")]
    [InlineData("1e400", "2e400", "")]
    [InlineData("12345678901234567890", "12345678901234567891", ": 12345678901234567890 | 12345678901234567891")]
    [InlineData("0.1", "0.2", ": 0.1 | 0.2")]
    [InlineData("1", "\"1\"", ": 1 | 1")]
    [InlineData("null", "false", ": null | false")]
    [InlineData("[1,2]", "[1,2,3]", ": array of 2 | array of 3")]
    [InlineData("""{"a":{"b":[{"c":1},{"c":2}]}}""", """{"a":{"b":[{"c":3},{"c":4}]}}""", "a.b[*].c: 1 | 3")]
    [InlineData("""{"a":1}""", """{"b":1}""", "a: 1 | missing; b: missing | 1")]
    [InlineData("""{"password":"x","authToken":["k"]}""", """{"password":"y","authToken":["l"]}""", "password: *** | ***; authToken[*]: *** | ***")]
    [InlineData("""{"x":"eyJhbGciOi.eyJ.s"}""", """{"x":"postgres://u:p@h/d"}""", "x: *** | ***")]
    public void Compare_ByStructure_FindsWhatDiffers(string first, string second, string expected) => Assert.Equal(expected, Compare(first, second));

    [Theory]
    [InlineData("a.b", "")]
    [InlineData("..b", "")]
    [InlineData("a", "")]
    [InlineData("b", "a.b: 1 | 2")]
    public void Compare_WithoutAPlace_LeavesItOut(string ignored, string expected) => Assert.Equal(expected, Compare("""{"a":{"b":1}}""", """{"a":{"b":2}}""", ignored));

    [Fact]
    public void Compare_Much_FindsSoManyAtMost()
    {
        var (one, other) = (string.Join(',', Enumerable.Range(0, 500).Select(i => $"\"a{i}\":1")), string.Join(',', Enumerable.Range(0, 500).Select(i => $"\"a{i}\":2")));

        Assert.Equal(32, Compare($"{{{one}}}", $"{{{other}}}").Split("; ").Length);
    }

    private static string Compare(string first, string second, params string[] ignored)
    {
        using var one = JsonDocument.Parse(first);
        using var other = JsonDocument.Parse(second);
        return string.Join("; ", JsonComparison.Compare(one.RootElement, other.RootElement, ignored).Select(difference => $"{difference.Place}: {difference.First} | {difference.Second}"));
    }
}
