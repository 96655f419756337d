using System.Text.Json;
using PyAirtable.Platform.Ingestion;

namespace PyAirtable.Platform.Tests.Ingestion;

public sealed class CompactJsonTests
{
    [Theory]
    [InlineData("""{ "a" : [ 1, 2.50, 1e3 ],  "b":{ } }""", """{"a":[1,2.50,1e3],"b":{}}""")]
    [InlineData("""{"\u00e4\u2028":"\ud83d\ude00 \/ \" \n"}""", "{\"ä\u2028\":\"😀 / \\\" \\n\"}")]
    public void Of_Object_HasNoBlanksAndFewEscapes(string sent, string expected) => Assert.Equal(expected, CompactJson.Of(JsonElement.Parse(sent)));

    [Fact]
    public void Of_Nothing_IsTheEmptyObject() => Assert.Equal(["{}", "{}"], [CompactJson.Of(null), CompactJson.Of(default(JsonElement))]);

    [Fact]
    public void Of_LargeThenSmall_AreApart()
    {
        var large = $$"""{"a":"{{new string('x', 100_000)}}"}""";

        Assert.Equal(large, CompactJson.Of(JsonElement.Parse(large)));
        Assert.Equal("""{"b":1}""", CompactJson.Of(JsonElement.Parse("""{"b":1}""")));
    }
}
