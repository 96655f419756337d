using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using PyAirtable.Gateway.Relaying;

namespace PyAirtable.Gateway.Tests.Relaying;

public sealed class PassThroughJsonTests
{
    private static readonly string[] Tokens =
    [
        "{", "}", "[", "]", ",", ":", " ", "\n", "\"a\"", "\"b\"", "\"\\u0061\"", "\"\\n\\u001f\"", "\"\\/\\u000a\"", "\"\"", "1", "-0.50", "true", "null", "{}", "[]", "\"é\"",
    ];

    [Theory]
    [InlineData("\ufeff[ 1 ]", "[1]")]
    [InlineData("  [1] \n", "[1]")]
    [InlineData("[1]\t", "[1]")]
    [InlineData("{\"b\":1,\"a\":[{}, null , true]}", "{\"b\":1,\"a\":[{},null,true]}")]
    [InlineData("{ \"a\" : 1 , \"b\" : [ 1 , [ ] , { } ] }", "{\"a\":1,\"b\":[1,[],{}]}")]
    [InlineData("{\"a\":1\n,\"b\":2}", "{\"a\":1,\"b\":2}")]
    [InlineData("-0.0", "-0.0")]
    [InlineData("1e400", "1e400")]
    [InlineData("12345678901234567890123", "12345678901234567890123")]
    [InlineData("\"\\u0000\\/\\t<>&'\\u2028\"", "\"\\u0000/\\t<>&'\u2028\"")]
    [InlineData("[\"\\u00e9\\ud83d\\ude00\",\"\\u007f\"]", "[\"é😀\",\"\u007f\"]")]
    [InlineData("[1,\"\\u0022\\u005c\\u000A\\u000b\\u001F\" ,2]", "[1,\"\\\"\\\\\\n\\u000b\\u001f\",2]")]
    [InlineData("{\"\\n\\u001f\\\\\":\"\\r\\b\\f\\\"\"}", "{\"\\n\\u001f\\\\\":\"\\r\\b\\f\\\"\"}")]
    [InlineData("{\"a\":1,\"\\u0061\":2}", "{\"a\":2}")]
    [InlineData("{\"\\/\":[ 1.50 ]}", "{\"/\":[1.50]}")]
    [InlineData("[{\"x\":1,\"y\":2,\"x\":[{\"z\":1,\"z\":2}]}]", "[{\"x\":[{\"z\":2}],\"y\":2}]")]
    [InlineData("{\"a\":{\"a\":{\"b\":1},\"b\":[{\"a\":1},{\"a\":2}]},\"b\":1}", "{\"a\":{\"a\":{\"b\":1},\"b\":[{\"a\":1},{\"a\":2}]},\"b\":1}")]
    public void TryRewrite_Json_IsCompactAndExact(string text, string expected)
    {
        Assert.True(PassThroughJson.TryRewrite(Encoding.UTF8.GetBytes(text), out var json));
        Assert.Equal(expected, Encoding.UTF8.GetString(json.Span));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("{")]
    [InlineData("1 2")]
    [InlineData("[1,]")]
    [InlineData("NaN")]
    [InlineData("-Infinity")]
    [InlineData("\"\\udc00\"")]
    [InlineData("{\"\\ud800\":1}")]
    [InlineData("[\"\\ud83d\\u0041\"]")]
    [InlineData("\"\\u00\"")]
    [InlineData("\"\n\"")]
    public void TryRewrite_NoJson_IsRefused(string text) => Assert.False(PassThroughJson.TryRewrite(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void TryRewrite_BytesThatAreNoUtf8_IsRefused() => Assert.False(PassThroughJson.TryRewrite(new byte[] { (byte)'"', 0xff, (byte)'"' }, out _));

    [Fact]
    public void TryRewrite_NestedTooDeeply_IsRefused() =>
        Assert.False(PassThroughJson.TryRewrite(Encoding.UTF8.GetBytes(new string('[', 100_000)), out _));

    [Fact]
    public void TryRewrite_NestedToTheLimit_IsTaken()
    {
        var text = new string('[', PassThroughJson.MaxDepth) + new string(']', PassThroughJson.MaxDepth);

        Assert.True(PassThroughJson.TryRewrite(Encoding.UTF8.GetBytes(text), out var json));
        Assert.Equal(text, Encoding.UTF8.GetString(json.Span));
    }

    [Fact]
    public void TryRewrite_CompactText_IsNotCopied()
    {
        var text = "{\"a\":[1,\"x\\n\",{\"b\":null}]}"u8.ToArray();

        Assert.True(PassThroughJson.TryRewrite(text, out var json));
        Assert.True(json.Span == text.AsSpan());
    }

    [Theory]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(500)]
    [InlineData(1024)]
    [InlineData(1025)]
    [InlineData(5000)]
    public void TryRewrite_ManyKeys_AreKeptUnlessRepeated(int count)
    {
        var members = Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"\"k{i}\":{{\"k0\":{i}}}")).ToList();
        var text = $"{{{string.Join(',', members)}}}";

        Assert.True(PassThroughJson.TryRewrite(Encoding.UTF8.GetBytes(text), out var json));
        Assert.Equal(text, Encoding.UTF8.GetString(json.Span));

        Assert.True(PassThroughJson.TryRewrite(Encoding.UTF8.GetBytes(text[..^1] + ",\"k0\":7}"), out json));
        members[0] = "\"k0\":7";
        Assert.Equal($"{{{string.Join(',', members)}}}", Encoding.UTF8.GetString(json.Span));
    }

    [Fact]
    public void TryRewrite_RandomTokens_IsWhatTheFrameworkReads()
    {
        var random = new Random(42);
        var taken = 0;
        for (var i = 0; i < 50_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => Tokens[random.Next(Tokens.Length)]));
            var expected = Parse(text);
            var written = PassThroughJson.TryRewrite(Encoding.UTF8.GetBytes(text), out var json);
            Assert.True(written == expected is not null, text);
            if (expected is not null)
            {
                taken++;
                Assert.True(JsonNode.DeepEquals(expected[0], JsonNode.Parse(json.Span)), text);
                Assert.DoesNotContain(' ', Encoding.UTF8.GetString(json.Span));
            }
        }
        Assert.True(taken > 1000);
    }

    // Within an array, so that null is a value.
    private static JsonArray? Parse(string text)
    {
        try
        {
            using var document = System.Text.Json.JsonDocument.Parse(text);
            return [Distinct(document.RootElement)];
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }

    private static JsonNode? Distinct(System.Text.Json.JsonElement value)
    {
        switch (value.ValueKind)
        {
            case System.Text.Json.JsonValueKind.Object:
                var members = new JsonObject();
                foreach (var member in value.EnumerateObject())
                {
                    members[member.Name] = Distinct(member.Value);
                }
                return members;
            case System.Text.Json.JsonValueKind.Array:
                return new JsonArray([.. value.EnumerateArray().Select(Distinct)]);
            default:
                return JsonNode.Parse(value.GetRawText());
        }
    }
}
