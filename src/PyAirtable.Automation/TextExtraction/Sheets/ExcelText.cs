using PyAirtable.Automation.Replies;

namespace PyAirtable.Automation.TextExtraction.Sheets;

/// <summary>A workbook, new or old, as text and metadata: each sheet as a table under its name (automation contract 2.6, XLSX and XLS).</summary>
/// <param name="extension">The file's extension.</param>
internal sealed class ExcelText(string extension)
{
    /// <summary>Why there is no text of a file that is none of Excel's.</summary>
    public const string NotExcel = "Excel file format cannot be determined, you must specify an engine manually.";

    private readonly List<SheetTable> _tables = [];
    private long _length = -WorkbookText.Gap.Length;
    private long _nameLength;

    /// <summary>A workbook that could not be read.</summary>
    public static ExtractedText Failed(string reason) => new("", """{"file_type":".xlsx"}""", "Excel extraction failed: " + reason);

    /// <summary>Adds a sheet.</summary>
    /// <exception cref="ExtractionLimitException">There is too much text, or there are too many names of columns.</exception>
    public void Add(string name, SheetCells cells, CancellationToken cancel)
    {
        var table = new SheetTable(name, cells, cancel);
        _tables.Add(table);
        _length += WorkbookText.Gap.Length + table.Length;
        if (_length > ExtractionLimits.MaxCharacters)
        {
            throw new ExtractionLimitException();
        }
        _nameLength += table.NameLength;
        if (_nameLength > ExtractionLimits.MaxNameCharacters)
        {
            throw new ExtractionLimitException(ExtractionLimits.TooManyNames);
        }
    }

    /// <summary>All sheets that were added.</summary>
    /// <param name="sheetCount">Sheets of the workbook; those that could not be read are counted too.</param>
    public ExtractedText Complete(int sheetCount)
    {
        var metadata = JsonReply.Text((extension, sheetCount, tables: _tables), static (json, found) =>
        {
            json.WriteString("file_type"u8, found.extension);
            json.WriteNumber("sheet_count"u8, found.sheetCount);
            json.WriteStartArray("sheets"u8);
            foreach (var table in found.tables)
            {
                table.Write(json);
            }
            json.WriteEndArray();
        });
        if (_tables.Count == 0)
        {
            return new("", metadata);
        }
        var text = new WorkbookText(_tables, (int)_length, metadata);
        // It begins with a sheet's head. Blanks at its end are the last cell's own.
        return _tables[^1].EndsInBlank ? new ExtractedText(text.Content.TrimEnd(), metadata) : text;
    }
}
