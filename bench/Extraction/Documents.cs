using System.IO.Compression;
using System.Text;

namespace PyAirtable.Bench.Extraction;

/// <summary>Writes DOCX files as Word does: each run with its looks.</summary>
internal static class Documents
{
    private const string Run = "<w:r w:rsidRPr=\"00A77B3E\"><w:rPr><w:rFonts w:ascii=\"Calibri\" w:hAnsi=\"Calibri\" w:cs=\"Calibri\"/><w:b/><w:color w:val=\"1F2937\"/><w:sz w:val=\"22\"/><w:lang w:val=\"en-GB\"/></w:rPr><w:t xml:space=\"preserve\">";
    private const string Types = """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>""";
    private const string Ties = """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>""";

    /// <summary>3,000 paragraphs of three runs.</summary>
    public static void WriteParagraphs(string path) => Write(path, string.Concat(Enumerable.Range(0, 3000).Select(Paragraph)));

    /// <summary>20 tables of 20 rows of 5 cells.</summary>
    public static void WriteTables(string path) => Write(path, string.Concat(Enumerable.Range(0, 20).Select(table =>
        $"<w:tbl><w:tblPr/><w:tblGrid>{string.Concat(Enumerable.Repeat("<w:gridCol w:w=\"1900\"/>", 5))}</w:tblGrid>"
        + string.Concat(Enumerable.Range(0, 20).Select(row => $"<w:tr>{string.Concat(Enumerable.Range(0, 5).Select(cell => $"<w:tc><w:tcPr><w:tcW w:w=\"1900\" w:type=\"dxa\"/></w:tcPr>{Paragraph((table * 100) + (row * 5) + cell)}</w:tc>"))}</w:tr>"))
        + "</w:tbl>")));

    private static string Paragraph(int number) =>
        $"<w:p w14:paraId=\"{number:X8}\" w:rsidR=\"00A77B3E\"><w:pPr><w:pStyle w:val=\"BodyText\"/><w:spacing w:after=\"120\"/></w:pPr>{Run}Paragraph {number} has </w:t></w:r>{Run}three runs, </w:t></w:r>{Run}as sentences with a word in bold have &amp; more.</w:t></w:r></w:p>";

    private static void Write(string path, string body)
    {
        using var file = File.Create(path);
        using var archive = new ZipArchive(file, ZipArchiveMode.Create);
        Add(archive, "[Content_Types].xml", Types);
        Add(archive, "_rels/.rels", Ties);
        Add(archive, "word/document.xml", $"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:w14=\"http://schemas.microsoft.com/office/word/2010/wordml\"><w:body>{body}<w:sectPr/></w:body></w:document>");
    }

    public static void Add(ZipArchive archive, string name, string text)
    {
        using var part = archive.CreateEntry(name).Open();
        part.Write(Encoding.UTF8.GetBytes(text));
    }
}
