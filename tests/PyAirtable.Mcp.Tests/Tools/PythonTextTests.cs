using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using PyAirtable.Mcp.Tools;

namespace PyAirtable.Mcp.Tests.Tools;

public sealed class PythonTextTests
{
    [Fact]
    public void Write_GeneratedDocuments_PrintsThemAsPython()
    {
        for (var seed = 0; seed < 3000; seed++)
        {
            var document = new GeneratedJson(seed);

            Assert.True(TryWrite(document.Source, out var printed, out var form), document.Source);

            Assert.Equal(document.Printed, printed);
            Assert.NotEqual(JsonForm.HalfPairs, form);
        }
    }

    [Fact]
    public void Write_DamagedDocuments_AcceptsWhatTheParserAccepts()
    {
        var chance = new Random(17);
        for (var seed = 0; seed < 6000; seed++)
        {
            var bytes = Encoding.UTF8.GetBytes(new GeneratedJson(seed).Source);
            for (var damage = chance.Next(1, 3); damage > 0; damage--)
            {
                bytes = (chance.Next(3), chance.Next(bytes.Length)) switch
                {
                    (0, var place) => bytes[..place],
                    (1, var place) => [.. bytes[..place], (byte)chance.Next(256), .. bytes[place..]],
                    (_, var place) => [.. bytes[..place], .. "\"\\{}[],:0e-u"u8.Slice(chance.Next(12), 1), .. bytes[Math.Min(place + 1, bytes.Length)..]],
                };
                bytes = bytes.Length == 0 ? [(byte)' '] : bytes;
            }

            Assert.Equal(IsJson(bytes), TryWrite(bytes, out _, out _));
        }
    }

    [Theory]
    [InlineData("{}", "{}")]
    [InlineData("[]", "[]")]
    [InlineData(" [ ] ", "[]")]
    [InlineData("""{"a":{},"b":[]}""", "{\n  \"a\": {},\n  \"b\": []\n}")]
    [InlineData("""{"a":1,"a":2}""", "{\n  \"a\": 1,\n  \"a\": 2\n}")]
    [InlineData("\"\u007f\"", "\"\\u007f\"")]
    [InlineData("\"\\u0041\\u002F\\u000a\\/\"", "\"A/\\n/\"")]
    [InlineData("\"\\uD83D\\uDE00\"", "\"\\ud83d\\ude00\"")]
    [InlineData("\"😀\"", "\"\\ud83d\\ude00\"")]
    public void Write_Document_IsPrintedSo(string source, string printed)
    {
        Assert.True(TryWrite(source, out var written, out _));
        Assert.Equal(printed, written);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("<html>")]
    [InlineData("{")]
    [InlineData("{\"a\":")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{a:1}")]
    [InlineData("[1,]")]
    [InlineData("[1 2]")]
    [InlineData("[1}")]
    [InlineData("\"abc")]
    [InlineData("\"abc\\")]
    [InlineData("\"\\u12")]
    [InlineData("\"\\u12g4\"")]
    [InlineData("\"\\x\"")]
    [InlineData("\"a\nb\"")]
    [InlineData("01")]
    [InlineData("1.")]
    [InlineData("1e")]
    [InlineData("-")]
    [InlineData("+1")]
    [InlineData("NaN")]
    [InlineData("tru")]
    [InlineData("truely")]
    [InlineData("{}{}")]
    [InlineData("{}\0")]
    public void Write_NoJson_IsRefused(string source) => Assert.False(TryWrite(source, out _, out _));

    [Theory]
    [InlineData(new byte[] { (byte)'"', 0xff, (byte)'"' })]
    [InlineData(new byte[] { (byte)'"', 0xc3, (byte)'"' })]
    [InlineData(new byte[] { (byte)'"', 0xed, 0xa0, 0x80, (byte)'"' })]
    [InlineData(new byte[] { (byte)'"', 0xf0, 0x9f, 0x98 })]
    public void Write_NoUtf8_IsRefused(byte[] source) => Assert.False(TryWrite(source, out _, out _));

    [Theory]
    [InlineData("""["\ud83d\ude00"]""", nameof(JsonForm.Compact))]
    [InlineData("""["\ud83d"]""", nameof(JsonForm.HalfPairs))]
    [InlineData("""["\ude00"]""", nameof(JsonForm.HalfPairs))]
    [InlineData("""["\\ud83d\ude00"]""", nameof(JsonForm.HalfPairs))]
    [InlineData("""["\ud83d\ud83d\ude00"]""", nameof(JsonForm.HalfPairs))]
    [InlineData("""["a b"]""", nameof(JsonForm.Compact))]
    [InlineData("""["a", "b"]""", nameof(JsonForm.Blanks))]
    [InlineData("[1]\n", nameof(JsonForm.Blanks))]
    public void Write_Document_TellsItsForm(string source, string form)
    {
        Assert.True(TryWrite(source, out _, out var told));
        Assert.Equal(form, told.ToString());
    }

    [Fact]
    public void Write_HalfPair_IsPrintedAsPythonDoes()
    {
        using var text = new PooledBytes(16);

        Assert.True(PythonText.TryWrite("\"\\uDC00\""u8, text, out _));
        Assert.Equal("""
            "\"\\udc00\""
            """, Encoding.UTF8.GetString(text.Span));
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void Write_NestedDeeply_IsBounded(int depth, bool isTaken) =>
        Assert.Equal(isTaken, TryWrite(new string('[', depth) + new string(']', depth), out _, out _));

    [Fact]
    public void Write_FourMegabytes_IsPrinted()
    {
        var items = string.Join(',', Enumerable.Range(0, 40_000).Select(static item => $$"""{"id":{{item}},"text":"Größe \"{{item}}\" 😀 {{new string('x', 60)}}"}"""));

        Assert.True(TryWrite($"[{items}]", out var printed, out _));

        using var read = JsonDocument.Parse(printed);
        Assert.Equal((40_000, "Größe \"39999\" 😀 " + new string('x', 60)), (read.RootElement.GetArrayLength(), read.RootElement[39_999].GetProperty("text").GetString()));
    }

    [Fact]
    public void Write_TextMuchLongerThanItsJson_IsRefused()
    {
        var json = new string('[', 63) + string.Join(',', Enumerable.Repeat("0", 600_000)) + new string(']', 63);
        using var text = new PooledBytes(16);

        Assert.Throws<ToolFailedException>(() => PythonText.TryWrite(Encoding.UTF8.GetBytes(json), text, out _));
    }

    private static bool TryWrite(string json, out string printed, out JsonForm form) => TryWrite(Encoding.UTF8.GetBytes(json), out printed, out form);

    // The text is within a string of JSON.
    private static bool TryWrite(byte[] json, out string printed, out JsonForm form)
    {
        using var text = new PooledBytes(16);
        var isJson = PythonText.TryWrite(json, text, out form);
        printed = isJson && form != JsonForm.HalfPairs ? JsonElement.Parse(text.Span).GetString()! : "";
        return isJson;
    }

    private static bool IsJson(byte[] bytes)
    {
        try
        {
            _ = JsonElement.Parse(bytes);
            return Utf8.IsValid(bytes);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
