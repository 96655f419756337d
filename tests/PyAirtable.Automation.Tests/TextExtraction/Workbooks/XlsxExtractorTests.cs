using System.Text.Json;
using PyAirtable.Automation.TextExtraction;

namespace PyAirtable.Automation.Tests.TextExtraction.Workbooks;

public sealed class XlsxExtractorTests
{
    // Rows of one sheet, and the table that pandas prints.
    public static TheoryData<string, string> Tables => new()
    {
        { OfficeFile.Row("a", "b") + OfficeFile.Row(1, 2), " a  b\n 1  2" },
        { OfficeFile.Row("a", "b") + OfficeFile.Row(1.5, "x") + OfficeFile.Row(22.25, "yy"), "    a  b\n 1.50  x\n22.25 yy" },
        { OfficeFile.Row("a", "b") + OfficeFile.Row(1.0, "NA") + OfficeFile.Row(null, "y"), "  a   b\n1.0 NaN\nNaN   y" },
        { OfficeFile.Row("a", "b", "c"), "Empty DataFrame\nColumns: [a, b, c]\nIndex: []" },
        { "", "Empty DataFrame\nColumns: []\nIndex: []" },
        { OfficeFile.Row("a", "a", null, "a") + OfficeFile.Row(1, 2, 3, 4), " a  a.1  Unnamed: 2  a.2\n 1    2           3    4" },
        { OfficeFile.Row("a") + OfficeFile.Row(1, 2), " a  Unnamed: 1\n 1           2" },
        { OfficeFile.Row("d", "t") + "<row><c s=\"2\"><v>45659.5</v></c><c s=\"3\"><v>45659</v></c></row>", "                  d          t\n2025-01-02 12:00:00 2025-01-02" },
        { OfficeFile.Row("d") + "<row><c s=\"1\"><v>1</v></c></row><row><c s=\"1\"><v>60</v></c></row><row><c s=\"1\"><v>61</v></c></row>", "         d\n1900-01-01\n1900-02-28\n1900-03-01" },
        { OfficeFile.Row("d", "e") + "<row><c s=\"2\"><v>45659.5</v></c><c><v>1</v></c></row>" + OfficeFile.Row("later", 2), "                  d  e\n2025-01-02 12:00:00  1\n              later  2" },
        { OfficeFile.Row("t", "n") + "<row><c s=\"6\"><v>0.75</v></c><c s=\"4\"><v>3</v></c></row>", "       t  n\n18:00:00  3" },
        { OfficeFile.Row("b", "c") + "<row><c t=\"b\"><v>1</v></c><c t=\"b\"><v>0</v></c></row><row><c t=\"b\"><v>0</v></c><c/></row>", "    b   c\n True 0.0\nFalse NaN" },
        { OfficeFile.Row("m") + "<row><c t=\"b\"><v>1</v></c></row>" + OfficeFile.Row(5), " m\n 1\n 5" },
        { OfficeFile.Row("e", "f") + "<row><c t=\"e\"><v>#DIV/0!</v></c><c t=\"str\"><f>A1</f><v>x&amp;y</v></c></row>", "  e   f\nNaN x&y" },
        { OfficeFile.Row("m") + OfficeFile.Row(1) + OfficeFile.Row("x") + OfficeFile.Row(2.5), "   m\n   1\n   x\n 2.5" },
        { OfficeFile.Row("n") + OfficeFile.Row("007"), " n\n 7" },
        { OfficeFile.Row("n") + "<row><c><v>12345678901234567</v></c></row>", "                n\n12345678901234567" },
        { OfficeFile.Row("n") + "<row><c><v>1E+2</v></c></row>", "  n\n100" },
        { OfficeFile.Row("n", "m") + "<row><c><v>-0.125</v></c><c><v>+5</v></c></row><row><c><v>1.</v></c><c><v>-0</v></c></row><row><c><v>.5</v></c><c><v>-12</v></c></row>", "     n   m\n-0.125   5\n 1.000   0\n 0.500 -12" },
        { "<row r=\"1\"><c r=\"B1\" t=\"inlineStr\"><is><t>b</t></is></c></row><row r=\"3\"><c r=\"A3\"><v>1</v></c></row>", " Unnamed: 0   b\n        NaN NaN\n        1.0 NaN" },
        { OfficeFile.Row("a") + OfficeFile.Row("x\ny\tz") + OfficeFile.Row("ü😀"), "      a\nx\\ny\\tz\n     ü😀" },
        { OfficeFile.Row("a", "b") + "<row><c t=\"s\"><v>1</v></c><c t=\"s\"><v>0</v></c></row>", "  a     b\none plain" },
        { OfficeFile.Row("a", "b") + "<row><c t=\"d\"><v>2025-01-02T00:00:00</v></c><c><v></v></c></row>", "         a   b\n2025-01-02 NaN" },
        { OfficeFile.Row("a", "b") + "<row><c><v/></c><c><v> 7 </v></c></row>", "  a  b\nNaN  7" },
        { OfficeFile.Row("a") + OfficeFile.Row(1) + OfficeFile.Row(null, null) + "<row r=\"9\"><c s=\"1\"/></row>", " a\n 1" },
    };

    [Fact]
    [Contract("2.6 XLSX", "9.5")]
    public void Extract_Example_GivesTheContractsTextAndMetadata()
    {
        var found = Extract(OfficeFile.Xlsx(
            ("First", OfficeFile.Row("Name", "Qty", "When") + "<row><c t=\"inlineStr\"><is><t>A</t></is></c><c><v>1</v></c><c s=\"1\"><v>45659</v></c></row>" + OfficeFile.Row("Bob")),
            ("Empty", ""),
            ("Num", OfficeFile.Row(1, 2) + OfficeFile.Row(3.5, 4))));

        Assert.Equal("--- Sheet: First ---\nName  Qty       When\n   A  1.0 2025-01-02\n Bob  NaN        NaT\n\n--- Sheet: Empty ---\nEmpty DataFrame\nColumns: []\nIndex: []\n\n--- Sheet: Num ---\n  1  2\n3.5  4", found.Content);
        Assert.Equal("""{"file_type":".xlsx","sheet_count":3,"sheets":[{"name":"First","rows":2,"columns":3,"column_names":["Name","Qty","When"]},{"name":"Empty","rows":0,"columns":0,"column_names":[]},{"name":"Num","rows":1,"columns":2,"column_names":[1,2]}]}""", found.Metadata);
        Assert.Null(found.Error);
    }

    [Theory]
    [Contract("2.6 table")]
    [MemberData(nameof(Tables))]
    public void Extract_Rows_PrintPandasTable(string rows, string expected)
    {
        const string Shared = "<si><t>plain</t><rPh><t>no</t></rPh></si><si><r><rPr/><t>o</t></r><r><t>ne</t></r></si>";
        var found = Extract(OfficeFile.Archive(OfficeFile.XlsxParts(
            [("S", rows)], Shared, "<numFmt numFmtId=\"164\" formatCode=\"[$-409]d/m/yy;@\"/><numFmt numFmtId=\"165\" formatCode=\"0.0&quot; days&quot;\"/>")));

        Assert.Equal((null, "--- Sheet: S ---\n" + expected), (found.Error, found.Content));
    }

    [Theory]
    [Contract("2.6 XLSX")]
    [InlineData("<si><t>plain</t></si>", "plain")]
    [InlineData("<si><t>one</t></si><!-- --> <si><t>two</t></si>", "one", "two")]
    [InlineData("<si><t xml:space=\"preserve\"> kept </t></si>", " kept ")]
    [InlineData("<si><t>a &amp; b</t></si><si><t>a\rb</t></si>", "a & b", "a\\nb")]
    [InlineData("<si><t>a_x005F_b</t></si>", "a_b")]
    [InlineData("<si ><t>odd</t ></si><si><t xml:space='preserve'>odd too</t></si>", "odd", "odd too")]
    [InlineData("<si><t>a<!-- -->b</t></si><si><t><![CDATA[<c>]]></t></si>", "ab", "<c>")]
    [InlineData("<si><t>ü😀</t></si>", "ü😀")]
    [InlineData("<si><t>a</t><t>b</t></si><si/>", "ab", "NaN")]
    public void Extract_SharedTexts_AreReadInEveryForm(string shared, params string[] texts)
    {
        var rows = OfficeFile.Row("a long name") + string.Concat(texts.Select(static (_, i) => $"<row><c t=\"s\"><v>{i}</v></c></row>"));
        var found = Extract(OfficeFile.Archive(OfficeFile.XlsxParts([("S", rows + OfficeFile.Row("|"))], shared)));

        Assert.Equal(["--- Sheet: S ---", "a long name", .. texts.Select(static text => text.PadLeft(11 + text.Count(char.IsHighSurrogate))), "          |"], found.Content.Split('\n'));
    }

    [Fact]
    [Contract("D27")]
    public void Extract_HeaderOfOtherKinds_StaysWhatItIs()
    {
        var found = Extract(OfficeFile.Xlsx(("S", "<row><c><v>1</v></c><c><v>2.5</v></c><c t=\"b\"><v>1</v></c><c s=\"1\"><v>45659</v></c><c><v>1</v></c></row>")));

        Assert.Equal("""[1,2.5,true,"2025-01-02T00:00:00","1.1"]""", JsonElement.Parse(found.Metadata).GetProperty("sheets")[0].GetProperty("column_names").GetRawText());
    }

    [Fact]
    public void Extract_From1904_CountsDaysFromThere() => Assert.Equal(
        "--- Sheet: S ---\n         d\n1904-01-02",
        Extract(OfficeFile.Archive(OfficeFile.XlsxParts([("S", OfficeFile.Row("d") + "<row><c s=\"1\"><v>1</v></c></row>")], properties: "date1904=\"1\""))).Content);

    [Fact]
    [Contract("2.6 XLSX")]
    public void Extract_ManyRows_ReadsTheFirstThousand()
    {
        var found = Extract(OfficeFile.Xlsx(("S", OfficeFile.Row("a") + string.Concat(Enumerable.Range(0, 1500).Select(i => OfficeFile.Row(i))))));

        Assert.Equal(1000, JsonElement.Parse(found.Metadata).GetProperty("sheets")[0].GetProperty("rows").GetInt32());
        Assert.EndsWith("\n998\n999", found.Content, StringComparison.Ordinal);
    }

    [Theory]
    [Contract("2.6 XLSX")]
    [InlineData("<row><c t=\"s\"><v>99</v></c></row>")]
    [InlineData("<row><c t=\"s\"><v>-1</v></c></row>")]
    [InlineData("<row><c><v>abc</v></c></row>")]
    [InlineData("<row r=\"0\"/>")]
    [InlineData("<row r=\"-5\"/>")]
    [InlineData("<row r=\"99999999999\"/>")]
    [InlineData("<row><c r=\"ZZZZZZ1\"><v>1</v></c></row>")]
    [InlineData("<row><c r=\"1\"><v>1</v></c></row>")]
    [InlineData("<row></c></row>")]
    public void Extract_BrokenSheet_IsLeftOutAndCounted(string rows)
    {
        var found = Extract(OfficeFile.Xlsx(("Bad", rows), ("Good", OfficeFile.Row("a"))));

        Assert.Equal("--- Sheet: Good ---\nEmpty DataFrame\nColumns: [a]\nIndex: []", found.Content);
        Assert.Equal("""{"file_type":".xlsx","sheet_count":2,"sheets":[{"name":"Good","rows":0,"columns":1,"column_names":["a"]}]}""", found.Metadata);
    }

    [Fact]
    public void Extract_CalledXls_SaysSoInTheMetadata() =>
        Assert.Equal("""{"file_type":".xls","sheet_count":1,"sheets":[{"name":"S","rows":0,"columns":0,"column_names":[]}]}""", Extract(OfficeFile.Xlsx(("S", "")), ".xls").Metadata);

    [Fact]
    [Contract("2.6 XLSX")]
    public void Extract_Junk_SaysWhatTheOriginalDid()
    {
        var found = Extract("junk"u8.ToArray());

        Assert.Equal(("Excel extraction failed: Excel file format cannot be determined, you must specify an engine manually.", """{"file_type":".xlsx"}"""), (found.Error, found.Metadata));
    }

    private static ExtractedText Extract(byte[] content, string extension = ".xlsx")
    {
        using var file = new TemporaryFile(content, extension);
        return new TextExtractors(maxPdfPages: 10).Extract(file.Path, TestContext.Current.CancellationToken);
    }
}
