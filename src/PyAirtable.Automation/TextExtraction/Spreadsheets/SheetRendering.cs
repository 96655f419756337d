using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PyAirtable.Automation.TextExtraction.Spreadsheets;

/// <summary>Sheets of a workbook as text and metadata (automation contract 2.6, XLSX and XLS).</summary>
/// <param name="extension">The file's extension.</param>
internal sealed class SheetRendering(string extension)
{
    private readonly StringBuilder _text = new();
    private readonly List<(string Name, int Rows, object[] Columns)> _sheets = [];

    /// <summary>Adds a sheet.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="rows">The header and the rows below it, all equally long; a cell is null, text, a finite double, bool or DateTime.</param>
    /// <param name="cancel">Looked at between columns.</param>
    /// <exception cref="ExtractionLimitException">There is too much text.</exception>
    public void Add(string name, IReadOnlyList<object?[]> rows, CancellationToken cancel)
    {
        var columns = rows.Count == 0 ? [] : SheetNames.Of(rows[0]);
        var body = rows.Skip(1).ToList();
        var cells = body.ConvertAll(_ => new string?[columns.Length]);
        for (var column = 0; column < columns.Length; column++)
        {
            cancel.ThrowIfCancellationRequested();
            var texts = CellText.OfColumn(body.ConvertAll(row => row[column]));
            for (var row = 0; row < texts.Length; row++)
            {
                cells[row][column] = texts[row];
            }
        }
        var table = TableText.Render(CellText.OfHeader(columns), cells, cancel);
        if ((long)_text.Length + name.Length + table.Length > ExtractionLimits.MaxCharacters)
        {
            throw new ExtractionLimitException();
        }
        _text.Append("\n--- Sheet: ").Append(name).Append(" ---\n").Append(table).Append('\n');
        _sheets.Add((name, body.Count, columns));
    }

    /// <summary>All sheets that were added.</summary>
    /// <param name="sheetCount">Sheets of the workbook; those that could not be read are counted too.</param>
    public ExtractedText Complete(int sheetCount) => new(_text.ToString().Trim(), ExcelText.Describe(extension, sheetCount, _sheets, static (json, sheet) =>
    {
        json.WriteStartObject();
        json.WriteString("name"u8, sheet.Name);
        json.WriteNumber("rows"u8, sheet.Rows);
        json.WriteNumber("columns"u8, sheet.Columns.Length);
        json.WriteStartArray("column_names"u8);
        foreach (var column in sheet.Columns)
        {
            WriteName(json, column);
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }));

    private static void WriteName(Utf8JsonWriter json, object name)
    {
        switch (name)
        {
            case bool value:
                json.WriteBooleanValue(value);
                break;
            case double value when double.IsInteger(value) && Math.Abs(value) < long.MaxValue:
                json.WriteNumberValue((long)value);
                break;
            case double value:
                json.WriteNumberValue(value);
                break;
            case DateTime date:
                json.WriteStringValue(date.ToString(date.Millisecond == 0 ? "s" : "yyyy-MM-ddTHH:mm:ss.ffffff", CultureInfo.InvariantCulture));
                break;
            default:
                json.WriteStringValue((string)name);
                break;
        }
    }
}
