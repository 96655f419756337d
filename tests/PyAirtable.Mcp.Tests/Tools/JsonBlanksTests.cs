using System.Text;
using System.Text.Json.Nodes;
using PyAirtable.Mcp.Tools;

namespace PyAirtable.Mcp.Tests.Tools;

public sealed class JsonBlanksTests
{
    [Theory]
    [InlineData(" { \"a b\" : [ 1 ,\r\n\t2 ] } ", "{\"a b\":[1,2]}")]
    [InlineData("""{"a": " \" \\", "b": " "}""", """{"a":" \" \\","b":" "}""")]
    [InlineData("{}", "{}")]
    public void Strip_Document_KeepsTextsOnly(string source, string stripped) => Assert.Equal(stripped, Strip(source));

    [Fact]
    public void Strip_GeneratedDocuments_ChangesNoValue()
    {
        for (var seed = 0; seed < 500; seed += 2)
        {
            var source = new GeneratedJson(seed).Source;

            var stripped = Strip(source);

            Assert.DoesNotContain('\n', stripped);
            Assert.Equal(JsonNode.Parse(source)?.ToJsonString(), JsonNode.Parse(stripped)?.ToJsonString());
        }
    }

    private static string Strip(string source)
    {
        var bytes = Encoding.UTF8.GetBytes(source);
        return Encoding.UTF8.GetString(bytes, 0, JsonBlanks.Strip(bytes));
    }
}
