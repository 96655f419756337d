using System.Buffers;
using System.Text;
using System.Text.Json;
using PyAirtable.Hosting.Serving;
using PyAirtable.Platform.Access;

namespace PyAirtable.Platform.Tests.Access;

public sealed class StoredJsonTests
{
    [Theory]
    [InlineData("{}", "{}")]
    [InlineData("""{"a": 1, "b": [1.0, 2e-05, null, true]}""", """{"a":1,"b":[1.0,2e-05,null,true]}""")]
    [InlineData("""{"e": "caf\u00e9 \ud83d\ude00 \/ \u0001"}""", """{"e":"café 😀 / \u0001"}""")]
    [InlineData("""{"half": "\ud83d"}""", """{"half": "\ud83d"}""")]
    public void Write_Stored_IsCompact(string stored, string expected)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, JsonAnswer.Compact))
        {
            json.WriteStartObject();
            StoredJson.Write(json, "x"u8, stored);
            json.WriteEndObject();
        }

        Assert.Equal($$"""{"x":{{expected}}}""", Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    [Fact]
    public void Write_NestedVeryDeeply_StaysAsItIs()
    {
        var stored = new string('[', 500) + new string(']', 500);
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, JsonAnswer.Compact))
        {
            json.WriteStartObject();
            StoredJson.Write(json, "x"u8, stored);
            json.WriteEndObject();
        }

        Assert.Equal($$"""{"x":{{stored}}}""", Encoding.UTF8.GetString(buffer.WrittenSpan));
    }
}
