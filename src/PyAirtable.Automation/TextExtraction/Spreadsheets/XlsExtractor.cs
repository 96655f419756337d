using PyAirtable.Automation.Files;
using PyAirtable.Automation.TextExtraction.CompoundFiles;

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
        catch (InvalidDataException e)
        {
            return ExcelText.Failed(e.Message);
        }
    }

    private static ExtractedText Read(CompoundFile file, string extension, CancellationToken cancel)
    {
        var stream = file.Read("Workbook") ?? file.Read("Book") ?? throw new InvalidDataException("Can't find workbook in OLE2 compound document");
        var workbook = new BiffWorkbook(stream, cancel);
        var rendering = new SheetRendering(extension);
        foreach (var (name, start) in workbook.Sheets)
        {
            try
            {
                rendering.Add(name, new BiffSheet(workbook).Read(start, cancel), cancel);
            }
            catch (InvalidDataException)
            {
                // Left out and counted.
            }
        }
        return rendering.Complete(workbook.Sheets.Count);
    }
}
