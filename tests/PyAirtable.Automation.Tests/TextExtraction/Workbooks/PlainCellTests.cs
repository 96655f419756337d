using System.Text;
using PyAirtable.Automation.TextExtraction.Workbooks;

namespace PyAirtable.Automation.Tests.TextExtraction.Workbooks;

public sealed class PlainCellTests
{
    [Theory]
    [InlineData("<c r=\"B2\" s=\"1\" t=\"s\"><v>3</v></c><c/>", 1, 1, "s", "3")]
    [InlineData("<c t=\"str\"><v>a &amp; b</v></c>", -1, 0, "str", "a &amp; b")]
    [InlineData("<c r=\"A1\"><v></v></c>", 0, 0, "", "")]
    [InlineData("<c s=\"65000\" r=\"XFD1048576\"><v>1.5</v></c>", 16_383, 65_000, "", "1.5")]
    [InlineData("<c><v>-1</v></c>", -1, 0, "", "-1")]
    public void TryRead_PlainCell_GivesItsParts(string xml, int column, int style, string type, string value)
    {
        Assert.True(PlainCell.TryRead(Encoding.UTF8.GetBytes(xml), out var cell));
        Assert.Equal((column, style, type, value), (cell.Column, cell.Style, Text(cell.Type), Text(cell.Value)));
        Assert.Equal(xml.IndexOf("</c>", StringComparison.Ordinal) + 4, cell.Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<c>")]
    [InlineData("<c/>")]
    [InlineData("<c r=\"A1\"/>")]
    [InlineData("<c r='A1'><v>1</v></c>")]
    [InlineData("<c  r=\"A1\"><v>1</v></c>")]
    [InlineData("<c r=\"A1\" ><v>1</v></c>")]
    [InlineData("<c r=\"A1\" cm=\"1\"><v>1</v></c>")]
    [InlineData("<c r=\"<\"><v>1</v></c>")]
    [InlineData("<c r=\"A1\"><f>A2</f><v>1</v></c>")]
    [InlineData("<c r=\"A1\"><v>1<!-- --></v></c>")]
    [InlineData("<c r=\"A1\"><v>1</v><x/></c>")]
    [InlineData("<col r=\"A1\"><v>1</v></c>")]
    [InlineData("<c r=\"1\"><v>1</v></c>")]
    [InlineData("<c r=\"a1\"><v>1</v></c>")]
    [InlineData("<c r=\"\"><v>1</v></c>")]
    [InlineData("<c r=\"AAAA1\"><v>1</v></c>")]
    [InlineData("<c s=\"-1\"><v>1</v></c>")]
    [InlineData("<c s=\"123456\"><v>1</v></c>")]
    [InlineData("<c t=\"inlineStr\"><v>1</v></c>")]
    [InlineData("<c rr=\"A1\"><v>1</v></c>")]
    [InlineData("</row>")]
    public void TryRead_AnyOther_IsNone(string xml) => Assert.False(PlainCell.TryRead(Encoding.UTF8.GetBytes(xml), out _));

    [Fact]
    public void TryRead_CutAnywhere_IsNone()
    {
        var whole = "<c r=\"B2\" s=\"1\" t=\"s\"><v>3</v></c>"u8.ToArray();
        for (var length = 0; length < whole.Length; length++)
        {
            Assert.False(PlainCell.TryRead(whole.AsSpan(0, length), out _));
        }
    }

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);
}
