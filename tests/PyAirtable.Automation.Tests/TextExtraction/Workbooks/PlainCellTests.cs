using System.Text;
using PyAirtable.Automation.TextExtraction.Workbooks;

namespace PyAirtable.Automation.Tests.TextExtraction.Workbooks;

public sealed class PlainCellTests
{
    [Theory]
    [InlineData("<c r=\"B2\" s=\"1\" t=\"s\"><v>3</v></c><c/>", 1, 1, nameof(CellType.Shared), "3")]
    [InlineData("<c t=\"str\"><v>a &amp; b</v></c>", -1, 0, nameof(CellType.Text), "a &amp; b")]
    [InlineData("<c r=\"A1\"><v></v></c>", 0, 0, nameof(CellType.Number), "")]
    [InlineData("<c s=\"65000\" r=\"XFD1048576\"><v>1.5</v></c>", 16_383, 65_000, nameof(CellType.Number), "1.5")]
    [InlineData("<c><v>-1</v></c>", -1, 0, nameof(CellType.Number), "-1")]
    [InlineData("<c t=\"b\"><v>1</v></c>", -1, 0, nameof(CellType.Boolean), "1")]
    [InlineData("<c t=\"e\"><v>#N/A</v></c>", -1, 0, nameof(CellType.Error), "#N/A")]
    [InlineData("<c t=\"d\"><v>2025-01-02</v></c>", -1, 0, nameof(CellType.Date), "2025-01-02")]
    [InlineData("<c t=\"n\"><v>1E5</v></c>", -1, 0, nameof(CellType.Number), "1E5")]
    public void TryRead_PlainCell_GivesItsParts(string xml, int column, int style, string type, string value)
    {
        Assert.True(PlainCell.TryRead(Encoding.UTF8.GetBytes(xml), out var cell));
        Assert.Equal((column, style, type, value), (cell.Column, cell.Style, cell.Type.ToString(), Encoding.UTF8.GetString(cell.Value)));
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

    [Theory]
    [InlineData("-12.5", true, -12.5)]
    [InlineData("123456789012345", true, 123456789012345)]
    [InlineData("1234567890123456", false, 0)]
    [InlineData("12.50 ", false, 0)]
    [InlineData("1e5", false, 0)]
    [InlineData("", false, 0)]
    public void TryRead_Value_IsANumberWhenItIsShort(string value, bool isShort, double number)
    {
        Assert.True(PlainCell.TryRead(Encoding.UTF8.GetBytes($"<c><v>{value}</v></c>"), out var cell));
        Assert.Equal((isShort, number), (cell.IsShort, cell.IsShort ? cell.Number.Value : 0));
    }

    [Fact]
    public void TryRead_CutAnywhere_IsNone()
    {
        var whole = "<c r=\"B2\" s=\"1\" t=\"s\"><v>3</v></c>"u8.ToArray();
        for (var length = 0; length < whole.Length; length++)
        {
            Assert.False(PlainCell.TryRead(whole.AsSpan(0, length), out _));
        }
    }
}
