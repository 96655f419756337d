using PyAirtable.Automation.Files;
using PyAirtable.Automation.TextExtraction.CompoundFiles;
using PyAirtable.Automation.TextExtraction.Sheets;

namespace PyAirtable.Automation.TextExtraction.Spreadsheets;

/// <summary>XLS: workbooks of Excel 95 to 2003, every sheet printed as a table (automation contract 2.6).</summary>
internal sealed class XlsExtractor : ITextExtractor
{
    public ExtractedText Extract(string path, CancellationToken cancel)
    {
        try
        {
            using var file = CompoundFile.Open(path);
            return file is null ? ExcelText.Failed(ExcelText.NotExcel) : Read(file, FileType.Extension(Path.GetFileName(path)).ToLowerInvariant(), cancel);
        }
        catch (Exception e) when (e is InvalidDataException or ExtractionLimitException)
        {
            return ExcelText.Failed(e.Message);
        }
    }

    private static ExtractedText Read(CompoundFile file, string extension, CancellationToken cancel)
    {
        var stream = file.Read("Workbook") ?? file.Read("Book") ?? throw new InvalidDataException("Can't find workbook in OLE2 compound document");
        var workbook = new BiffWorkbook(stream, cancel);
        var text = new ExcelText(extension);
        var cells = new SheetCells(workbook.Texts);
        foreach (var (name, start) in workbook.Sheets)
        {
            try
            {
                new BiffSheet(workbook).Read(start, cells, cancel);
            }
            catch (InvalidDataException)
            {
                // Left out and counted.
                continue;
            }
            text.Add(name, cells, cancel);
        }
        return text.Complete(workbook.Sheets.Count);
    }
}
