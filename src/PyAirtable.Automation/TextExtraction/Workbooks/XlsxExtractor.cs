using PyAirtable.Automation.Files;
using PyAirtable.Automation.TextExtraction.Packages;
using PyAirtable.Automation.TextExtraction.Sheets;

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
            var text = new ExcelText(FileType.Extension(Path.GetFileName(path)).ToLowerInvariant());
            var cells = new SheetCells(workbook.Texts);
            foreach (var (name, part) in workbook.Sheets)
            {
                if (TryRead(workbook, part, cells, cancel))
                {
                    text.Add(name, cells, cancel);
                }
            }
            return text.Complete(workbook.Sheets.Count);
        }
        catch (Exception e) when (e is InvalidDataException or ExtractionLimitException)
        {
            return ExcelText.Failed(e.Message);
        }
    }

    private static bool TryRead(Workbook workbook, string part, SheetCells cells, CancellationToken cancel)
    {
        try
        {
            using var xml = workbook.Scan(part);
            if (xml is not null)
            {
                new SheetReader(xml, workbook, cells).Read(cancel);
            }
            return xml is not null;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }
}
