using System.IO.Compression;
using System.Text;

namespace PyAirtable.Automation.Tests.TextExtraction;

/// <summary>Documents made for tests.</summary>
internal static class OfficeFile
{
    public const string OfficeRelationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private const string Word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    private const string Sheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";

    public static byte[] Archive(params (string Name, string Text)[] parts)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create))
        {
            foreach (var (name, text) in parts)
            {
                using var part = archive.CreateEntry(name).Open();
                part.Write(Encoding.UTF8.GetBytes(text));
            }
        }
        return bytes.ToArray();
    }

    /// <summary>The archive's own ties, to a main part and to core properties.</summary>
    public static (string Name, string Text) Ties(string main) => ("_rels/.rels", $"""
        <Relationships><Relationship Id="a" Type="{OfficeRelationships}/officeDocument" Target="{main}"/><Relationship Id="b" Type="{Core}" Target="docProps/core.xml"/></Relationships>
        """);

    public static byte[] Docx(string body, string? properties = null) => Archive(DocxParts(body, properties));

    public static (string Name, string Text)[] DocxParts(string body, string? properties = null) =>
    [
        Ties("word/document.xml"),
        ("word/document.xml", Document(body)),
        .. properties is null ? [] : new[] { ("docProps/core.xml", $"<cp:coreProperties xmlns:cp='c' xmlns:dc='d'>{properties}</cp:coreProperties>") },
    ];

    public static string Document(string body) => $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<w:document xmlns:w=\"{Word}\"><w:body>{body}<w:sectPr/></w:body></w:document>";

    /// <summary>A paragraph of one run.</summary>
    public static string Paragraph(string text) => $"<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>";

    public static string Table(params string[][] rows) =>
        $"<w:tbl><w:tblPr/><w:tblGrid/>{string.Concat(rows.Select(row => $"<w:tr><w:trPr/>{string.Concat(row.Select(cell => Cell(cell)))}</w:tr>"))}</w:tbl>";

    public static string Cell(string text, string properties = "") => $"<w:tc><w:tcPr>{properties}</w:tcPr>{Paragraph(text)}</w:tc>";

    /// <summary>A workbook of sheets given by their rows' XML.</summary>
    public static byte[] Xlsx(params (string Name, string Rows)[] sheets) => Archive(XlsxParts(sheets));

    public static (string Name, string Text)[] XlsxParts((string Name, string Rows)[] sheets, string shared = "", string formats = "", string properties = "") =>
    [
        Ties("xl/workbook.xml"),
        ("xl/workbook.xml", $"""<workbook xmlns="{Sheet}" xmlns:r="{OfficeRelationships}"><workbookPr {properties}/><sheets>{string.Concat(sheets.Select((sheet, i) => $"<sheet name=\"{sheet.Name}\" sheetId=\"{i + 7}\" r:id=\"r{i}\"/>"))}</sheets></workbook>"""),
        ("xl/_rels/workbook.xml.rels", $"""<Relationships>{string.Concat(sheets.Select((_, i) => $"<Relationship Id=\"r{i}\" Type=\"{OfficeRelationships}/worksheet\" Target=\"worksheets/sheet{i}.xml\"/>"))}<Relationship Id="x" Type="{OfficeRelationships}/styles" Target="/xl/styles.xml"/><Relationship Id="y" Type="{OfficeRelationships}/sharedStrings" Target="sharedStrings.xml"/></Relationships>"""),
        ("xl/styles.xml", $"""<styleSheet xmlns="{Sheet}"><numFmts>{formats}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="46"/><xf numFmtId="20"/></cellXfs></styleSheet>"""),
        ("xl/sharedStrings.xml", $"""<sst xmlns="{Sheet}">{shared}</sst>"""),
        .. sheets.Select((sheet, i) => ($"xl/worksheets/sheet{i}.xml", Worksheet(sheet.Rows))),
    ];

    public static string Worksheet(string rows) => $"""<?xml version="1.0"?><worksheet xmlns="{Sheet}"><sheetPr/><dimension ref="A1"/><sheetData>{rows}</sheetData><mergeCells/></worksheet>""";

    /// <summary>A row whose cells are inline texts and numbers.</summary>
    public static string Row(params object?[] cells) => $"<row>{string.Concat(cells.Select(cell => cell switch
    {
        null => "<c/>",
        string text => $"<c t=\"inlineStr\"><is><t>{text}</t></is></c>",
        _ => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"<c><v>{cell}</v></c>"),
    }))}</row>";
}
