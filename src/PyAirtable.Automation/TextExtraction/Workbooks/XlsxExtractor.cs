using PyAirtable.Automation.Files;
using PyAirtable.Automation.TextExtraction.Packages;

namespace PyAirtable.Automation.TextExtraction.Workbooks;

/// <summary>XLSX: each sheet as a table under its name (automation contract 2.6). A sheet that cannot be read is left out, and counted.</summary>
internal sealed class XlsxExtractor : ITextExtractor
{
    public ExtractedText Extract(string path, CancellationToken cancel)
    {
        try
        {
            using var package = ZipPackage.Open(path) ?? throw new InvalidDataException(ExcelText.NotExcel);
            using var workbook = Workbook.Open(package);
            var content = new List<string>();
            var tables = new List<SheetTable>();
            var length = 0L;
            foreach (var (name, part) in workbook.Sheets)
            {
                if (ReadRows(workbook, part, cancel) is { } rows)
                {
                    var table = new SheetTable(name, rows);
                    tables.Add(table);
                    content.Add($"{(content.Count == 0 ? "" : "\n\n")}--- Sheet: {name} ---\n");
                    content.Add(table.Render(rows, cancel));
                    length += content[^2].Length + content[^1].Length;
                    if (length > ExtractionLimits.MaxCharacters)
                    {
                        throw new ExtractionLimitException();
                    }
                }
            }
            return new(string.Concat(content).Trim(), Describe(FileType.Extension(Path.GetFileName(path)).ToLowerInvariant(), workbook.Sheets.Count, tables));
        }
        catch (Exception e) when (e is InvalidDataException or ExtractionLimitException)
        {
            return ExcelText.Failed(e.Message);
        }
    }

    private static List<SheetCell[]>? ReadRows(Workbook workbook, string part, CancellationToken cancel)
    {
        try
        {
            using var xml = workbook.Scan(part);
            return xml is null ? null : new SheetReader(xml, workbook).Read(cancel);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static string Describe(string extension, int sheets, List<SheetTable> tables)
    {
        if (tables.Sum(table => table.Columns.Sum(static name => (long)name.Length)) > ExtractionLimits.MaxNameCharacters)
        {
            throw new ExtractionLimitException(ExtractionLimits.TooManyNames);
        }
        return ExcelText.Describe(extension, sheets, tables, static (json, table) => table.Write(json));
    }
}
