using System.Text;
using PyAirtable.Automation.TextExtraction.Packages;

namespace PyAirtable.Automation.Tests.TextExtraction.Packages;

public sealed class XmlTagTests
{
    private const string Rest = "0123456789abcdef";

    [Theory]
    [InlineData("<a>", 2)]
    [InlineData("<w:r w:rsidRPr=\"00A77B3E\"><w:rPr>", 25)]
    [InlineData("<c r=\"A1\" s=\"1\" t=\"s\" cm=\"1\" vm=\"12345678\"/>", 43)]
    [InlineData("<a b=\">\">", -1)]
    [InlineData("<a b='>'>", -1)]
    [InlineData("<a b=\"it's\">", -1)]
    [InlineData("<a>'\"", 2)]
    [InlineData("<a bcdefghijklmnopqrstuvwxyz", -1)]
    public void FindPlainEnd_Tag_IsWhereItEndsIfItIsPlain(string xml, int expected) =>
        Assert.Equal(expected, XmlTag.FindPlainEnd(Encoding.UTF8.GetBytes(xml + Rest)));

    [Fact]
    public void FindPlainEnd_TooFewBytes_IsUnknown() => Assert.Equal(-1, XmlTag.FindPlainEnd("<a b=\"c\">"u8));
}
