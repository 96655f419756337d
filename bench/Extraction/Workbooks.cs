using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace PyAirtable.Bench.Extraction;

/// <summary>Writes XLSX files as Excel does: texts shared, dates by style.</summary>
internal static class Workbooks
{
    private const int Columns = 20;
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Sheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    /// <summary>Sheets of 20 columns: five of text, ten of numbers, five of dates.</summary>
    public static void Write(string path, int sheets, int rows)
    {
        using var file = File.Create(path);
        using var archive = new ZipArchive(file, ZipArchiveMode.Create);
        var numbers = Enumerable.Range(1, sheets).ToArray();
        Documents.Add(archive, "[Content_Types].xml", $"""<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>{string.Concat(numbers.Select(i => $"<Override PartName=\"/xl/worksheets/sheet{i}.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>"))}</Types>""");
        Documents.Add(archive, "_rels/.rels", $"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{Office}/officeDocument" Target="xl/workbook.xml"/></Relationships>""");
        Documents.Add(archive, "xl/workbook.xml", $"""<workbook xmlns="{Sheet}" xmlns:r="{Office}"><sheets>{string.Concat(numbers.Select(i => $"<sheet name=\"Sheet{i}\" sheetId=\"{i}\" r:id=\"rId{i}\"/>"))}</sheets></workbook>""");
        Documents.Add(archive, "xl/_rels/workbook.xml.rels", $"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{string.Concat(numbers.Select(i => $"<Relationship Id=\"rId{i}\" Type=\"{Office}/worksheet\" Target=\"worksheets/sheet{i}.xml\"/>"))}<Relationship Id="rId900" Type="{Office}/styles" Target="styles.xml"/><Relationship Id="rId901" Type="{Office}/sharedStrings" Target="sharedStrings.xml"/></Relationships>""");
        Documents.Add(archive, "xl/styles.xml", $"""<styleSheet xmlns="{Sheet}"><fonts count="1"><font><sz val="11"/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border><left/></border></borders><cellStyleXfs count="1"><xf numFmtId="0"/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0" xfId="0"/><xf numFmtId="14" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>""");
        Documents.Add(archive, "xl/sharedStrings.xml", $"""<sst xmlns="{Sheet}">{string.Concat(Enumerable.Range(0, 5000).Select(i => $"<si><t>a shared text, number {i}</t></si>"))}</sst>""");
        foreach (var i in numbers)
        {
            Documents.Add(archive, $"xl/worksheets/sheet{i}.xml", SheetOf(rows));
        }
    }

    private static string SheetOf(int rows)
    {
        var text = new StringBuilder($"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<worksheet xmlns=\"{Sheet}\"><dimension ref=\"A1:T{rows}\"/><sheetData>");
        for (var row = 1; row <= rows; row++)
        {
            text.Append(CultureInfo.InvariantCulture, $"<row r=\"{row}\" spans=\"1:{Columns}\">");
            for (var column = 0; column < Columns; column++)
            {
                text.Append(CultureInfo.InvariantCulture, $"<c r=\"{(char)('A' + column)}{row}\"");
                _ = (row, column) switch
                {
                    (1, _) or (_, < 5) => text.Append(CultureInfo.InvariantCulture, $" t=\"s\"><v>{((row * 31) + column) % 5000}</v></c>"),
                    (_, < 10) => text.Append(CultureInfo.InvariantCulture, $"><v>{row * column}</v></c>"),
                    (_, < 15) => text.Append(CultureInfo.InvariantCulture, $"><v>{row * column / 8.0}</v></c>"),
                    _ => text.Append(CultureInfo.InvariantCulture, $" s=\"1\"><v>{40_000 + (row % 5000) + column}</v></c>"),
                };
            }
            text.Append("</row>");
        }
        return text.Append("</sheetData></worksheet>").ToString();
    }
}
