using System.Text;
using System.Text.Json;
using PyAirtable.Automation.TextExtraction;

namespace PyAirtable.Automation.Tests.TextExtraction;

public sealed class CsvExtractorTests
{
    // The contract's table (2.6) first, then pandas' finer rules.
    public static TheoryData<string, string> Contents => new()
    {
        { "a,b\n1,2\n", " a  b\n 1  2" },
        { "name,age,city\nAlice,30,Paris\nBob,5,\n", " name  age  city\nAlice   30 Paris\n  Bob    5   NaN" },
        { "a;b\n1.5;x\n22.25;yy\n", "    a  b\n 1.50  x\n22.25 yy" },
        { "only\n1\n2\n", " only\n    1\n    2" },
        { "a,b\n", "Empty DataFrame\nColumns: [a, b]\nIndex: []" },
        { "a,a,\n1,2,3\n", " a  a.1  Unnamed: 2\n 1    2           3" },
        { "d,t\n2025-01-02,True\n2025-01-03,False\n", "         d     t\n2025-01-02  True\n2025-01-03 False" },
        { "a,b\n1,\n,2\n", "  a   b\n1.0 NaN\nNaN 2.0" },
        { "a,b\n1,2,3\n4,5\n", " a   b\n 2 3.0\n 5 NaN" },
        { "a,b\r\n1,2\r\n", " a  b\n 1  2" },
        { "a,b\r1,2\r", " a  b\n 1  2" },
        { "\n  \na,b\n\n1,2\n", " a  b\n 1  2" },
        { "a,b\n\"x,\"\"y\"\"\",\"l1\nl2\"\n", "    a      b\nx,\"y\" l1\\nl2" },
        { "a\tb\nx\ty\n", "a b\nx y" },
        { "a,b\nx,N/A\nNULL,y\n", "  a   b\n  x NaN\nNaN   y" },
        { "a,b\ntrue,x\n,y\n", "   a b\nTrue x\n NaN y" },
        { "a,b\n-1.123456789,x\n2,y\n", "        a b\n-1.123457 x\n 2.000000 y" },
        { "a,b\nü😀,1\nx,2\n", " a  b\nü😀  1\n x  2" },
        { "a,b\n1,2\n3\n", " a   b\n 1 2.0\n 3 NaN" },
        { "title\nHello, world\nFoo\n", "       title\nHello, world\n         Foo" },
    };

    [Theory]
    [Contract("2.6 CSV", "2.6 table", "9.5")]
    [MemberData(nameof(Contents))]
    public void Extract_Text_PrintsPandasTable(string csv, string expected)
    {
        var found = Extract(Encoding.UTF8.GetBytes(csv));

        Assert.Null(found.Error);
        Assert.Equal(expected, found.Content);
    }

    [Theory]
    [Contract("2.6 missing")]
    [InlineData("")]
    [InlineData("NA")]
    [InlineData("N/A")]
    [InlineData("n/a")]
    [InlineData("NULL")]
    [InlineData("null")]
    [InlineData("NaN")]
    [InlineData("nan")]
    [InlineData("None")]
    [InlineData("#N/A")]
    [InlineData("<NA>")]
    [InlineData("-NaN")]
    [InlineData("-nan")]
    [InlineData("#NA")]
    [InlineData("1.#IND")]
    [InlineData("1.#QNAN")]
    [InlineData("-1.#IND")]
    [InlineData("-1.#QNAN")]
    [InlineData("#N/A N/A")]
    public void Extract_MarkerOfAMissingValue_PrintsAsOne(string marker) =>
        Assert.Equal("  a  b\nNaN  1\n  x  2", Extract(Encoding.UTF8.GetBytes($"a,b\n{marker},1\nx,2\n")).Content);

    [Fact]
    [Contract("2.6 CSV")]
    public void Extract_Semicolons_DescribesWhatWasFound() => Assert.Equal(
        """{"file_type":".csv","rows":2,"columns":2,"column_names":["a","b"],"encoding":"utf-8","separator":";"}""",
        Extract("a;b\n1.5;x\n22.25;yy\n"u8.ToArray()).Metadata);

    [Fact]
    [Contract("D19")]
    public void Extract_SingleColumn_ReportsTheTrueEncoding() => Assert.Equal(
        """{"file_type":".csv","rows":1,"columns":1,"column_names":["é"],"encoding":"utf-8","separator":","}""",
        Extract("é\nü\n"u8.ToArray()).Metadata);

    [Fact]
    public void Extract_Latin1_IsDecoded()
    {
        var found = Extract(Encoding.Latin1.GetBytes("a,b\né,1\n"));

        Assert.Equal("a  b\né  1", found.Content);
        Assert.Equal("latin-1", JsonElement.Parse(found.Metadata).GetProperty("encoding").GetString());
    }

    [Fact]
    public void Extract_ByteOrderMark_IsDropped() => Assert.Equal(" a  b\n 1  2", Extract("\uFEFFa,b\n1,2\n"u8.ToArray()).Content);

    [Theory]
    [Contract("2.6 CSV")]
    [InlineData("")]
    [InlineData("\n  \n\n")]
    public void Extract_NothingInIt_Fails(string csv)
    {
        var found = Extract(Encoding.UTF8.GetBytes(csv));

        Assert.Equal("CSV extraction failed: No columns to parse from file", found.Error);
        Assert.Equal("""{"file_type":".csv"}""", found.Metadata);
    }

    [Fact]
    public void Extract_OpenQuote_Fails() =>
        Assert.StartsWith("CSV extraction failed: Error tokenizing data. C error: EOF inside string", Extract("a,b\n\"x,1\n"u8.ToArray()).Error, StringComparison.Ordinal);

    [Fact]
    public void Extract_LongerRowLater_RejectsTheSeparator()
    {
        // With commas the third row has too many fields; with semicolons the rows are two columns.
        var found = Extract("a,;b\n1;2\n1,2,3;4\n"u8.ToArray());

        Assert.Equal(";", JsonElement.Parse(found.Metadata).GetProperty("separator").GetString());
    }

    [Fact]
    [Contract("2.6 CSV")]
    public void Extract_ManyRows_ReadsTheFirstThousand()
    {
        var csv = new StringBuilder("a,b\n");
        for (var i = 0; i < 1500; i++)
        {
            csv.Append(i).Append(",x\n");
        }
        var found = Extract(Encoding.UTF8.GetBytes(csv.ToString()));

        Assert.Equal(1000, JsonElement.Parse(found.Metadata).GetProperty("rows").GetInt32());
        Assert.EndsWith("\n999 x", found.Content, StringComparison.Ordinal);
    }

    private static ExtractedText Extract(byte[] bytes)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, bytes);
            return new CsvExtractor().Extract(path, TestContext.Current.CancellationToken);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
