using System.Text;
using PyAirtable.Automation.Tests.TextExtraction.CompoundFiles;
using PyAirtable.Automation.Tests.TextExtraction.Packages;
using PyAirtable.Automation.Tests.TextExtraction.Spreadsheets;
using PyAirtable.Automation.Tests.TextExtraction.WordDocuments;

namespace PyAirtable.Automation.Tests.TextExtraction.Isolation;

/// <summary>Files made to break or to burden their reader: name with extension, what comes of it (an error, or the content), and its bytes.</summary>
internal static class HostileFiles
{
    private const string Docx = "DOCX extraction failed: ";
    private const string Excel = "Excel extraction failed: ";
    private const string Xml = "the XML is not well-formed";
    private const string Junk = "Excel file format cannot be determined, you must specify an engine manually.";
    private const string Empty = "--- Sheet: S ---\nEmpty DataFrame\nColumns: []\nIndex: []";

    public static IReadOnlyDictionary<string, (string Expected, Func<byte[]> Content)> All { get; } = new Dictionary<string, (string, Func<byte[]>)>
    {
        ["flat-bomb.docx"] = (Docx + "a part that unpacks to more than 250 times its size", () => Packed("word/document.xml", Flat("<w:document xmlns:w='w'><w:body>"))),
        ["flat-bomb.xlsx"] = (Excel + "a part that unpacks to more than 250 times its size", () => Packed("xl/worksheets/sheet0.xml", Flat("<worksheet><sheetData>"))),
        ["many-bombs.xlsx"] = (Excel + "more than 1073741824 bytes when unpacked", ManyBombs),
        ["archive-in-archive.docx"] = (Docx + Xml, () => OfficeFile.Archive(OfficeFile.Ties("d.xml"), ("d.xml", Encoding.Latin1.GetString(OfficeFile.Docx(""))))),
        ["archive-in-itself.docx"] = (Docx + "files in the archive overlap", () => Overlapping(raw => raw.Refer("self.zip", 0, 4000, 4000, method: 0))),
        ["one-file-many-names.docx"] = (Docx + "files in the archive overlap", () => Overlapping(raw => raw.Refer("again", 0, 1, 1))),
        ["entity-bomb.docx"] = (Docx + "the XML has a document type, which is not allowed", () => Document("<!DOCTYPE d [<!ENTITY a '&b;&b;'><!ENTITY b 'ha'>]><w:document>&a;</w:document>")),
        ["external-entity.xlsx"] = (Excel + "the XML has a document type, which is not allowed", () => OfficeFile.Archive(OfficeFile.Ties("w.xml"), ("w.xml", "<!DOCTYPE w SYSTEM 'file:///etc/passwd'><workbook/>"))),
        ["unknown-entity.docx"] = (Docx + Xml, () => OfficeFile.Docx(OfficeFile.Paragraph("&lol;"))),
        ["deep.docx"] = (Docx + "more than 256 elements within each other", () => OfficeFile.Docx(string.Concat(Enumerable.Repeat("<w:p>", 100_000)))),
        ["deep.xlsx"] = (Excel + "more than 256 elements within each other", () => OfficeFile.Xlsx(("S", string.Concat(Enumerable.Repeat("<row>", 100_000))))),
        ["encrypted.docx"] = (Docx + "the archive is encrypted", () => Raw(raw => raw.Add("word/document.xml", [1, 2, 3], 100, flags: 1))),
        ["other-compression.docx"] = (Docx + "the archive is compressed in a way that is not supported", () => Raw(raw => raw.Add("word/document.xml", [1, 2, 3], 100, method: 12))),
        ["broken-deflate.docx"] = (Docx + "the archive is damaged", () => Raw(raw => raw.Add("word/document.xml", [0xFF, 0xFF, 0xFF, 0xFF], 100))),
        ["size-too-small.docx"] = (Docx + Xml, () => Raw(raw => raw.Add("word/document.xml", RawArchive.Deflate(OfficeFile.Document("")), 20))),
        ["size-too-large.docx"] = (Docx + "the archive is damaged", () => Raw(raw => raw.Add("word/document.xml", RawArchive.Deflate(OfficeFile.Document("")), 4_000_000))),
        ["directory-too-large.docx"] = (Docx + "more than 65535 files in the archive", () => Raw(_ => { }, raw => raw.ToArray(size: 0x7FFFFFFF))),
        ["directory-elsewhere.docx"] = (Docx + "the archive is damaged", () => Raw(_ => { }, raw => raw.ToArray(offset: 0x7FFFFFFF))),
        ["count-too-large.docx"] = (Docx + "the archive is damaged", () => Raw(_ => { }, raw => raw.ToArray(count: 500))),
        ["wide-count-without-fields.docx"] = (Docx + "the archive is damaged", () => Raw(_ => { }, raw => raw.ToArray(count: 0xFFFF))),
        ["empty.docx"] = (Docx + "Package not found", () => []),
        ["empty.xlsx"] = (Excel + Junk, () => []),
        ["empty.xls"] = (Excel + Junk, () => []),
        ["only-the-start.docx"] = (Docx + "Package not found", () => "PK\x03\x04"u8.ToArray()),
        ["no-parts.docx"] = (Docx + "the archive holds no document", () => OfficeFile.Archive()),
        ["no-parts.xlsx"] = (Excel + "the archive holds no workbook", () => OfficeFile.Archive()),
        ["really-pdf.docx"] = (Docx + "Package not found", () => "%PDF-1.4\n%%EOF"u8.ToArray()),
        ["really-xlsx.docx"] = (Docx + "the file is not a Word file", () => OfficeFile.Xlsx(("S", ""))),
        ["really-docx.xlsx"] = (Excel + "the file is not an Excel file", () => OfficeFile.Docx("")),
        ["path-upwards.docx"] = (Docx + "the archive holds no document", () => OfficeFile.Archive(OfficeFile.Ties("../../../../etc/passwd"))),
        ["name-upwards.docx"] = ("", () => OfficeFile.Archive([.. OfficeFile.DocxParts(""), ("../../../../tmp/evil", "x"), ("/etc/evil", "x"), ("C:\\evil", "x")])),
        ["outside.docx"] = (Docx + "the archive holds no document", () => OfficeFile.Archive(("_rels/.rels", $"<r><Relationship Type='{OfficeFile.OfficeRelationships}/officeDocument' Target='file:///etc/passwd' TargetMode='External'/></r>"))),
        ["cycle.docx"] = (Docx + "the file is not a Word file", () => OfficeFile.Archive(OfficeFile.Ties("_rels/.rels"))),
        ["cycle.xlsx"] = ("", () => Sheets(("xl/_rels/workbook.xml.rels", $"<r><Relationship Id='r0' Type='{OfficeFile.OfficeRelationships}/worksheet' Target='workbook.xml'/></r>"))),
        ["wide-cell.docx"] = (Docx + "a table has more than 16384 columns", () => OfficeFile.Docx("<w:tbl><w:tr>" + OfficeFile.Cell("x", "<w:gridSpan w:val='2000000000'/>") + "</w:tr></w:tbl>")),
        ["repeated-cell.docx"] = (Docx + "more than 67108864 characters of text", () => OfficeFile.Docx("<w:tbl><w:tr>" + OfficeFile.Cell(new string('x', 5000), "<w:gridSpan w:val='16000'/>") + "</w:tr></w:tbl>")),
        ["long-text.docx"] = (Docx + "a tag or text of more than 16777216 bytes", () => OfficeFile.Docx(OfficeFile.Paragraph(new string('x', 17 << 20)))),
        ["long-tag.docx"] = (Docx + "a tag or text of more than 16777216 bytes", () => OfficeFile.Docx($"<w:p x='{new string('x', 17 << 20)}'/>")),
        ["long-name.docx"] = (Docx + Xml, () => OfficeFile.Docx($"<w:{new string('x', 100_000)}/>")),
        ["many-attributes.docx"] = ("", () => OfficeFile.Docx($"<w:p {string.Concat(Enumerable.Range(0, 500_000).Select(i => $"a{i}='' "))}/>")),
        ["long-comment.xlsx"] = (Excel + "a tag or text of more than 16777216 bytes", () => OfficeFile.Xlsx(("S", $"<!--{new string('x', 17 << 20)}-->"))),
        ["much-shared-text.xlsx"] = (Excel + "more than 67108864 characters of text", MuchSharedText),
        ["one-text-everywhere.xlsx"] = (Excel + "more than 67108864 characters of text", OneTextEverywhere),
        ["far-cells.xlsx"] = (Excel + "more than 4000000 cells in a table", () => OfficeFile.Xlsx(("S", string.Concat(Enumerable.Range(1, 1001).Select(i => $"<row r=\"{i}\"><c r=\"XFD{i}\"><v>1</v></c></row>"))))),
        ["long-names.xlsx"] = (Excel + "more than 4194304 characters of column names", LongNames),
        ["far-row.xlsx"] = (Empty, () => OfficeFile.Xlsx(("S", "<row r=\"1048576\"><c r=\"A1048576\"><v>1</v></c></row>"))),
        ["odd-numbers.xlsx"] = ("", () => OfficeFile.Xlsx(("S", "<row><c><v>1e999</v></c></row>"))),
        ["odd-styles.xlsx"] = ("--- Sheet: S ---\n d   e\n 1 NaN", () => OfficeFile.Xlsx(("S", OfficeFile.Row("d", "e") + "<row><c s=\"99999999999999\"><v>1</v></c><c s=\"1\"><v>1e300</v></c></row>"))),
        ["odd-dates.xlsx"] = ("--- Sheet: S ---\n  d   e\nNaN NaN", () => OfficeFile.Xlsx(("S", OfficeFile.Row("d", "e") + "<row><c s=\"1\"><v>-99999999</v></c><c s=\"5\"><v>1e18</v></c></row>"))),
        ["empty.doc"] = (Docx + "Package not found", () => []),
        ["chain-in-circles.doc"] = (Docx + "Package not found", () => Circular("WordDocument")),
        ["chain-in-circles.xls"] = (Excel + "a chain of sectors is broken", () => Circular("Workbook")),
        ["really-xls.doc"] = (Docx + "Package not found", () => WorkbookBuilder.Build(("S", []))),
        ["really-doc.xls"] = (Excel + "Can't find workbook in OLE2 compound document", () => new WordDocumentBuilder().Paragraph("T").Build()),
        ["encrypted.xls"] = (Excel + "Workbook is encrypted", () => WorkbookBuilder.Build(WorkbookBuilder.Record(0x002F, 1, 0), ("S", []))),
        ["cut-off.xls"] = (Excel + "a sector is beyond the end of the file", () => WorkbookBuilder.Build(("S", [["a"], [1]]))[..700]),
        ["empty.txt"] = ("", () => []),
        ["really-archive.txt"] = ("PK\u0005\u0006" + new string('\uFFFD', 18), () => OfficeFile.Archive()),
        ["empty.csv"] = ("CSV extraction failed: No columns to parse from file", () => []),
        ["short-rows.csv"] = ("Extraction failed: more than 4000000 cells in a table", () => [.. Enumerable.Repeat((byte)',', 50_000), .. string.Concat(Enumerable.Repeat("\na", 1000)).Select(unit => (byte)unit)]),
        ["open-quote.csv"] = ("CSV extraction failed: Error tokenizing data. C error: EOF inside string starting at row 1", () => [.. "a,b\n\""u8, .. new byte[2_000_000]]),
        ["backwards.xlsx"] = ("--- Sheet: S ---\n a\n 1", () => OfficeFile.Xlsx(("S", OfficeFile.Row("a") + "<row r=\"2\"><c><v>1</v></c></row><row r=\"1\"><c><v>9</v></c></row><row r=\"2\"><c><v>9</v></c></row>"))),
    };

    // The first sector of its only file goes on in itself.
    private static byte[] Circular(string name)
    {
        var file = CompoundFileBuilder.Build((name, new byte[100_000]));
        CompoundFileBuilder.Put32(file, (BitConverter.ToInt32(file, 76) + 1) * 512, 0);
        return file;
    }

    private static byte[] Document(string xml) => OfficeFile.Archive(OfficeFile.Ties("d.xml"), ("d.xml", xml));

    private static byte[] Sheets((string Name, string Text) replaced) =>
        OfficeFile.Archive([.. OfficeFile.XlsxParts([("S", "")]).Select(part => part.Name == replaced.Name ? replaced : part)]);

    private static byte[] Raw(Action<RawArchive> add, Func<RawArchive, byte[]>? end = null)
    {
        var raw = new RawArchive();
        var (name, ties) = OfficeFile.Ties("word/document.xml");
        raw.Add(name, RawArchive.Deflate(ties), Encoding.UTF8.GetByteCount(ties));
        add(raw);
        return end is null ? raw.ToArray() : end(raw);
    }

    private static byte[] Overlapping(Action<RawArchive> refer) => Raw(raw =>
    {
        raw.Add("word/document.xml", RawArchive.Deflate(OfficeFile.Document("")), Encoding.UTF8.GetByteCount(OfficeFile.Document("")));
        refer(raw);
    });

    // Eighty million bytes of tags.
    private static (byte[] Packed, long Unpacked) Flat(string start)
    {
        var block = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("<xxxxxxx/>", 100_000)));
        return (RawArchive.Deflate(stream =>
        {
            stream.Write(Encoding.ASCII.GetBytes(start));
            for (var i = 0; i < 80; i++)
            {
                stream.Write(block);
            }
        }), start.Length + (80L * block.Length));
    }

    // The parts of a document, of which one is given packed.
    private static byte[] Packed(string name, (byte[] Packed, long Unpacked) part)
    {
        var raw = new RawArchive();
        foreach (var (other, text) in (name.StartsWith("xl/", StringComparison.Ordinal) ? OfficeFile.XlsxParts([("S", "")]) : OfficeFile.DocxParts("")).Where(other => other.Name != name))
        {
            raw.Add(other, RawArchive.Deflate(text), Encoding.UTF8.GetByteCount(text));
        }
        raw.Add(name, part.Packed, part.Unpacked);
        return raw.ToArray();
    }

    // Twenty sheets, each just small enough for its ratio not to matter.
    private static byte[] ManyBombs()
    {
        var sheets = Enumerable.Range(0, 20).Select(i => ($"S{i}", "")).ToArray();
        var block = Encoding.ASCII.GetBytes($"<!--{new string(' ', 999_990)}-->");
        var packed = RawArchive.Deflate(stream =>
        {
            stream.Write("<worksheet>"u8);
            for (var i = 0; i < 60; i++)
            {
                stream.Write(block);
            }
            stream.Write("</worksheet>"u8);
        });
        var raw = new RawArchive();
        foreach (var (name, text) in OfficeFile.XlsxParts(sheets))
        {
            if (name.StartsWith("xl/worksheets", StringComparison.Ordinal))
            {
                raw.Add(name, packed, (60L * block.Length) + 23);
            }
            else
            {
                raw.Add(name, RawArchive.Deflate(text), Encoding.UTF8.GetByteCount(text));
            }
        }
        return raw.ToArray();
    }

    private static byte[] MuchSharedText()
    {
        // Digits that pack to about a third, so that the ratio is an honest one.
        static string Text(int seed) => string.Concat(Enumerable.Range(1, 3640).Select(i => $"{(long)i * (seed + 7919) * 104_729 % 999_999_937:D9}"));
        return OfficeFile.Archive(OfficeFile.XlsxParts([("S", "<row><c t=\"s\"><v>999999</v></c></row>")], string.Concat(Enumerable.Range(0, 2100).Select(i => $"<si><t>{Text(i)}</t></si>"))));
    }

    // One text of the longest kind in a million cells.
    private static byte[] OneTextEverywhere()
    {
        var row = $"<row>{string.Concat(Enumerable.Repeat("<c t=\"s\"><v>0</v></c>", 1000))}</row>";
        return OfficeFile.Archive(OfficeFile.XlsxParts([("S", string.Concat(Enumerable.Repeat(row, 1001)))], $"<si><t>{new string('x', 32_767)}</t></si>"));
    }

    private static byte[] LongNames()
    {
        var row = $"<row>{string.Concat(Enumerable.Repeat("<c t=\"s\"><v>0</v></c>", 200))}</row>";
        return OfficeFile.Archive(OfficeFile.XlsxParts([("S", row)], $"<si><t>{new string('x', 32_767)}</t></si>"));
    }
}
