using System.Text;
using System.Text.Json;

namespace PyAirtable.Automation.TextExtraction.Sheets;

/// <summary>A sheet as a table: its first row names the columns (automation contract 2.6). It keeps its text, not its cells.</summary>
internal sealed class SheetTable
{
    private readonly string _name;
    private readonly int _rows;
    private readonly SheetColumnName[] _names;
    private readonly PrintedTable? _printed;
    private readonly string _withoutRows;

    /// <summary>Names the columns and prints them.</summary>
    /// <param name="name">The sheet's name.</param>
    /// <param name="cells">Its cells.</param>
    /// <param name="cancel">Looked at between columns.</param>
    /// <exception cref="ExtractionLimitException">It has too many cells, or too much text in them.</exception>
    public SheetTable(string name, SheetCells cells, CancellationToken cancel)
    {
        (_name, _rows) = (name, Math.Max(0, cells.RowCount - 1));
        _names = SheetColumnName.Of(cells);
        var areDays = Array.TrueForAll(_names, static name => name.IsDay);
        var columns = Array.ConvertAll(_names, name => areDays ? name.Day : name.Text);
        NameLength = columns.Sum(static column => (long)column.Length);
        _withoutRows = _rows == 0 ? PrintedTable.WithoutRows(columns) : "";
        _printed = _rows == 0 ? null : Print(columns, cells, cancel);
    }

    /// <summary>UTF-16 units of the columns' names.</summary>
    public long NameLength { get; }

    /// <summary>UTF-16 units of the text.</summary>
    public long Length => Head.Length + (_printed?.Length ?? _withoutRows.Length);

    /// <summary>Bytes of the text in UTF-8.</summary>
    public long ByteLength => Encoding.UTF8.GetByteCount(Head) + (_printed?.ByteLength ?? Encoding.UTF8.GetByteCount(_withoutRows));

    /// <summary>True when the text ends in a blank.</summary>
    public bool EndsInBlank => _printed?.EndsInBlank ?? false;

    private string Head => $"--- Sheet: {_name} ---\n";

    /// <summary>Writes the text in UTF-8.</summary>
    public void Write(Stream stream)
    {
        stream.Write(Encoding.UTF8.GetBytes(Head + _withoutRows));
        _printed?.Write(stream);
    }

    /// <summary>Writes what the metadata says of it.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, _name);
        json.WriteNumber("rows"u8, _rows);
        json.WriteNumber("columns"u8, _names.Length);
        json.WriteStartArray("column_names"u8);
        foreach (var name in _names)
        {
            name.Write(json);
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static PrintedTable Print(string[] columns, SheetCells cells, CancellationToken cancel)
    {
        // Rows may be shorter than the header, but are printed as long.
        if ((long)columns.Length * cells.RowCount > ExtractionLimits.MaxCells)
        {
            throw new ExtractionLimitException(ExtractionLimits.TooManyCells);
        }
        var printed = new PrintedTable(columns.Length, cells.RowCount - 1);
        for (var column = 0; column < columns.Length; column++)
        {
            cancel.ThrowIfCancellationRequested();
            SheetColumn.Add(printed, columns[column], cells, column);
        }
        printed.Trim();
        return printed;
    }
}
