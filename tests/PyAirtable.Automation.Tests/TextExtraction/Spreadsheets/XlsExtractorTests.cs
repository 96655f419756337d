using System.Text;
using System.Text.Json;
using PyAirtable.Automation.Tests.TextExtraction.CompoundFiles;
using PyAirtable.Automation.TextExtraction;
using PyAirtable.Automation.TextExtraction.Spreadsheets;

namespace PyAirtable.Automation.Tests.TextExtraction.Spreadsheets;

public sealed class XlsExtractorTests
{
    private static readonly (string, object?[][])[] ContractExample =
    [
        ("First", [["Name", "Qty", "When"], ["A", 1, new DateTime(2025, 1, 2)], ["Bob"]]),
        ("Empty", []),
        ("Num", [[1, 2], [3.5, 4]]),
    ];

    [Fact]
    [Contract("2.6 XLS")]
    public void Extract_ContractExample_IsPrintedExactly()
    {
        var found = Extract(WorkbookBuilder.Build(ContractExample));

        Assert.Null(found.Error);
        Assert.Equal(
            "--- Sheet: First ---\nName  Qty       When\n   A  1.0 2025-01-02\n Bob  NaN        NaT\n\n"
            + "--- Sheet: Empty ---\nEmpty DataFrame\nColumns: []\nIndex: []\n\n--- Sheet: Num ---\n  1  2\n3.5  4",
            found.Content);
        Assert.Equal(
            """{"file_type":".xls","sheet_count":3,"sheets":[{"name":"First","rows":2,"columns":3,"column_names":["Name","Qty","When"]},{"name":"Empty","rows":0,"columns":0,"column_names":[]},{"name":"Num","rows":1,"columns":2,"column_names":[1,2]}]}""",
            found.Metadata);
    }

    [Theory]
    [Contract("2.6 XLS")]
    [InlineData("")]
    [InlineData("this is no workbook")]
    public void Extract_Junk_SaysThatTheFormatIsUnknown(string junk)
    {
        var found = Extract(Encoding.ASCII.GetBytes(junk));

        Assert.Equal("Excel extraction failed: Excel file format cannot be determined, you must specify an engine manually.", found.Error);
        Assert.Equal(("", """{"file_type":".xlsx"}"""), (found.Content, found.Metadata));
    }

    [Fact]
    public void Extract_ContainerWithoutWorkbook_Fails() => Assert.Equal(
        "Excel extraction failed: Can't find workbook in OLE2 compound document",
        Extract(CompoundFileBuilder.Build(("WordDocument", new byte[5000]))).Error);

    [Fact]
    public void Extract_Encrypted_Fails() => Assert.Equal(
        "Excel extraction failed: Workbook is encrypted",
        Extract(WorkbookBuilder.Build(WorkbookBuilder.Record(0x002F, 1, 0), ("S", []))).Error);

    [Fact]
    public void Extract_ManyRows_ReadsTheFirstThousandBelowTheHeader()
    {
        var rows = Enumerable.Range(0, 1500).Select(row => new object?[] { row == 0 ? "n" : row, "x" }).ToArray();

        var found = Extract(WorkbookBuilder.Build(("S", rows)));

        Assert.EndsWith("\n1000 x", found.Content, StringComparison.Ordinal);
        Assert.Equal(1000, JsonElement.Parse(found.Metadata).GetProperty("sheets")[0].GetProperty("rows").GetInt32());
    }

    [Fact]
    public void Extract_DamagedSheet_IsLeftOutAndCounted()
    {
        var found = Extract(WorkbookBuilder.Build(
            WorkbookBuilder.SharedStrings(["a"]),
            ("Bad", WorkbookBuilder.Record(0x00FD, [.. WorkbookBuilder.Cell(0, 0), 9, 9, 0, 0])),
            ("Good", WorkbookBuilder.Record(0x00FD, [.. WorkbookBuilder.Cell(0, 0), 0, 0, 0, 0]))));

        Assert.Equal("--- Sheet: Good ---\nEmpty DataFrame\nColumns: [a]\nIndex: []", found.Content);
        Assert.StartsWith("""{"file_type":".xls","sheet_count":2,"sheets":[{"name":"Good",""", found.Metadata, StringComparison.Ordinal);
    }

    [Fact]
    public void Extract_EveryKindOfCell_IsRead()
    {
        byte[][] records =
        [
            Label(0, 0, "packed"), Label(0, 1, "run"), Label(0, 2, "bool"), Label(0, 3, "error"), Label(0, 4, "formula"), Label(0, 5, "text"), Label(0, 6, "own"),
            // 12.34 as hundredths; a run of 5 and of the upper half of 1.5.
            WorkbookBuilder.Record(0x027E, [.. WorkbookBuilder.Cell(1, 0), .. BitConverter.GetBytes((1234 << 2) | 3)]),
            WorkbookBuilder.Record(0x00BD, [1, 0, 1, 0, 0, 0, .. BitConverter.GetBytes((5 << 2) | 2), 1, 0]),
            WorkbookBuilder.Record(0x0205, [.. WorkbookBuilder.Cell(1, 2), 1, 0]),
            WorkbookBuilder.Record(0x0205, [.. WorkbookBuilder.Cell(1, 3), 7, 1]),
            WorkbookBuilder.Record(0x0006, [.. WorkbookBuilder.Cell(1, 4), .. BitConverter.GetBytes(2.5), .. new byte[8]]),
            WorkbookBuilder.Record(0x0006, [.. WorkbookBuilder.Cell(1, 5), 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, .. new byte[8]]),
            WorkbookBuilder.Record(0x0207, WorkbookBuilder.Text16("ünï ☃")),
            WorkbookBuilder.Record(0x0203, [.. WorkbookBuilder.Cell(1, 6, 2), .. BitConverter.GetBytes(45659.75)]),
        ];

        var found = Extract(WorkbookBuilder.Build([], ("S", [.. records.SelectMany(record => record)])));

        Assert.Equal(
            "--- Sheet: S ---\n packed  run  bool  error  formula  text                 own\n  12.34    5  True    NaN      2.5 ünï ☃ 2025-01-02 18:00:00",
            found.Content);
    }

    [Fact]
    public void Extract_DatesThatNoCalendarHas_StayNumbers()
    {
        byte[] Number(int row, double value) => WorkbookBuilder.Record(0x0203, [.. WorkbookBuilder.Cell(row, 0, 2), .. BitConverter.GetBytes(value)]);

        var found = Extract(WorkbookBuilder.Build([], ("S", [.. Label(0, 0, "d"), .. Number(1, -1.5), .. Number(2, 3e6), .. Number(3, double.NaN)])));

        Assert.EndsWith("\n        d\n     -1.5\n3000000.0\n      NaN", found.Content, StringComparison.Ordinal);
    }

    [Fact]
    public void Extract_ChartInSheet_IsSkipped()
    {
        byte[] chart = [.. WorkbookBuilder.Record(0x0809, [0, 6, 0x20, 0, .. new byte[12]]), .. Label(0, 0, "chart"), .. WorkbookBuilder.Record(0x000A)];

        var found = Extract(WorkbookBuilder.Build([], ("S", [.. chart, .. Label(0, 0, "sheet")])));

        Assert.EndsWith("Columns: [sheet]\nIndex: []", found.Content, StringComparison.Ordinal);
    }

    [Fact]
    public void Extract_TextThatGoesOnInTheNextRecord_IsJoined()
    {
        // "abcdef" begins narrow and goes on wide; the second text follows in the second record.
        byte[] shared =
        [
            .. WorkbookBuilder.Record(0x00FC, [2, 0, 0, 0, 2, 0, 0, 0, 6, 0, 0, .. "abc"u8]),
            .. WorkbookBuilder.Record(0x003C, [1, .. Encoding.Unicode.GetBytes("dé☃"), .. WorkbookBuilder.Text16("next")]),
        ];

        var found = Extract(WorkbookBuilder.Build(shared, ("S", [.. Shared(0, 0), .. Shared(1, 1)])));

        Assert.EndsWith("Columns: [abcdé☃, next]\nIndex: []", found.Content, StringComparison.Ordinal);
    }

    [Fact]
    public void Extract_FormattedText_IsReadWithoutItsFormats()
    {
        // Flags: rich and phonetic; one run of formats and two bytes of phonetics.
        byte[] shared = WorkbookBuilder.Record(0x00FC, [2, 0, 0, 0, 2, 0, 0, 0, 2, 0, 12, 1, 0, 2, 0, 0, 0, .. "hi"u8, 9, 9, 9, 9, 8, 8, .. WorkbookBuilder.Text16("next")]);

        var found = Extract(WorkbookBuilder.Build(shared, ("S", [.. Shared(0, 0), .. Shared(1, 1)])));

        Assert.EndsWith("Columns: [hi, next]\nIndex: []", found.Content, StringComparison.Ordinal);
    }

    [Fact]
    public void Extract_Excel95_ReadsItsCodePage()
    {
        byte[] globals =
        [
            .. WorkbookBuilder.Record(0x0809, 0, 5, 5, 0, 0, 0, 0, 0),
            .. WorkbookBuilder.Record(0x0042, 0xE3, 4),
            .. WorkbookBuilder.Record(0x0085, 41, 0, 0, 0, 0, 0, 1, 0xCB),
            .. WorkbookBuilder.Record(0x000A),
        ];
        byte[] sheet =
        [
            .. WorkbookBuilder.Record(0x0809, 0, 5, 0x10, 0, 0, 0, 0, 0),
            .. WorkbookBuilder.Record(0x0204, [.. WorkbookBuilder.Cell(0, 0), 3, 0, 0xEC, 0xE8, 0xF0]),
            .. WorkbookBuilder.Record(0x000A),
        ];
        BitConverter.GetBytes(globals.Length).CopyTo(globals, 22);

        var found = Extract(CompoundFileBuilder.Build(("Book", [.. globals, .. sheet])));

        Assert.Equal("--- Sheet: Л ---\nEmpty DataFrame\nColumns: [мир]\nIndex: []", found.Content);
    }

    [Fact]
    public void Extract_BrokenText_BecomesStorable()
    {
        var found = Extract(WorkbookBuilder.Build([], ("S", Label(0, 0, "a\0b\uD800c☃"))));

        Assert.Contains("[a\uFFFDb\uFFFDc☃]", found.Content, StringComparison.Ordinal);
    }

    [Fact]
    public void Extract_ManyNamesOfOneSheet_EndWithTheLimitOfText()
    {
        // 2,000 names of one sheet whose table takes a megabyte.
        var text = new string('x', 1000);
        var rows = Enumerable.Repeat(new object?[] { text }, 1000).ToArray();
        var once = WorkbookBuilder.Stream(WorkbookBuilder.SharedStrings([text]), [.. Enumerable.Range(0, 2000).Select(i => ("S", i == 0 ? WorkbookBuilder.CellsOf(rows, [text]) : []))]);
        var places = Sheets(once);
        foreach (var place in places)
        {
            once.AsSpan(places[0], 4).CopyTo(once.AsSpan(place));
        }

        Assert.Equal("Excel extraction failed: more than 67108864 characters of text", Extract(CompoundFileBuilder.Build(("Workbook", once))).Error);
    }

    public static TheoryData<string, byte[]> BrokenSheets => new()
    {
        { "text is longer than its record", WorkbookBuilder.Record(0x0204, [.. WorkbookBuilder.Cell(0, 0), 0xFF, 0xFF, 0, 65]) },
        { "wide text of half a character", WorkbookBuilder.Record(0x0204, [.. WorkbookBuilder.Cell(0, 0), 1, 0, 1, 65]) },
        { "formats of text without end", WorkbookBuilder.Record(0x0204, [.. WorkbookBuilder.Cell(0, 0), 1, 0, 4, 0xFF, 0xFF, 0xFF, 0xFF, 65]) },
        { "number without digits", WorkbookBuilder.Record(0x0203, WorkbookBuilder.Cell(0, 0)) },
        { "chart without end", WorkbookBuilder.Record(0x0809, [0, 6, 0x20, 0, .. new byte[12]]) },
        { "shared text that is not there", WorkbookBuilder.Record(0x00FD, [.. WorkbookBuilder.Cell(0, 0), 0xFF, 0xFF, 0xFF, 0xFF]) },
    };

    [Theory]
    [MemberData(nameof(BrokenSheets))]
    public void Extract_BrokenSheet_IsLeftOut(string fault, byte[] records)
    {
        var found = Extract(WorkbookBuilder.Build([], (fault, records)));

        Assert.Equal(("", """{"file_type":".xls","sheet_count":1,"sheets":[]}""", null), (found.Content, found.Metadata, found.Error));
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(-1)]
    [InlineData(0)]
    public void Extract_SheetThatBeginsNowhere_IsLeftOut(int place)
    {
        var stream = WorkbookBuilder.Stream([], ("S", Label(0, 0, "a")));
        BitConverter.GetBytes(place).CopyTo(stream, Sheets(stream)[0]);

        Assert.Equal("""{"file_type":".xls","sheet_count":1,"sheets":[]}""", Extract(CompoundFileBuilder.Build(("Workbook", stream))).Metadata);
    }

    [Fact]
    public void Extract_CountsThatAreNotTrue_AreNotBelieved()
    {
        byte[] shared = WorkbookBuilder.Record(0x00FC, [0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 0x7F, .. WorkbookBuilder.Text16("text")]);

        Assert.EndsWith("Columns: [text]\nIndex: []", Extract(WorkbookBuilder.Build(shared, ("S", Shared(0, 0)))).Content, StringComparison.Ordinal);
    }

    [Fact]
    public void Extract_CellsFarAway_AreLeftOut()
    {
        byte[] records =
        [
            .. WorkbookBuilder.Record(0x0204, [.. WorkbookBuilder.Cell(0, 65535), .. WorkbookBuilder.Text16("right")]),
            .. WorkbookBuilder.Record(0x0204, [.. WorkbookBuilder.Cell(65535, 0), .. WorkbookBuilder.Text16("below")]),
        ];

        Assert.EndsWith("Empty DataFrame\nColumns: []\nIndex: []", Extract(WorkbookBuilder.Build([], ("S", records))).Content, StringComparison.Ordinal);
    }

    [Fact]
    public void Extract_Damaged_GivesTextOrTheContractsError()
    {
        foreach (var damaged in DocumentFile.Damaged(WorkbookBuilder.Build(ContractExample)))
        {
            var found = Extract(damaged);

            Assert.True(found.Error is null || found.Error.StartsWith("Excel extraction failed: ", StringComparison.Ordinal), found.Error);
        }
    }

    private static byte[] Label(int row, int column, string text) => WorkbookBuilder.Record(0x0204, [.. WorkbookBuilder.Cell(row, column), .. WorkbookBuilder.Text16(text)]);

    private static byte[] Shared(int column, int index) => WorkbookBuilder.Record(0x00FD, [.. WorkbookBuilder.Cell(0, column), (byte)index, 0, 0, 0]);

    // Where the stream's records of sheet names have their content.
    private static List<int> Sheets(byte[] stream)
    {
        var places = new List<int>();
        for (var at = 0; at < stream.Length; at += 4 + BitConverter.ToUInt16(stream, at + 2))
        {
            if (BitConverter.ToUInt16(stream, at) == 0x0085)
            {
                places.Add(at + 4);
            }
        }
        return places;
    }

    private static ExtractedText Extract(byte[] bytes) => new XlsExtractor().Extract(bytes, ".xls");
}
