using System.Text.Json;

namespace PyAirtable.Automation.TextExtraction.Workbooks;

/// <summary>A sheet as a table: its first row names the columns (automation contract 2.6).</summary>
internal sealed class SheetTable
{
    private readonly SheetCell[] _header;

    /// <summary>Names the columns.</summary>
    /// <param name="name">The sheet's name.</param>
    /// <param name="rows">All rows, the header first.</param>
    public SheetTable(string name, List<SheetCell[]> rows)
    {
        Name = name;
        RowCount = Math.Max(0, rows.Count - 1);
        _header = new SheetCell[rows.Count == 0 ? 0 : rows.Max(row => row.Length)];
        if (rows.Count > 0)
        {
            rows[0].CopyTo(_header, 0);
        }
        Columns = ColumnNames.Unique(Array.ConvertAll(_header, cell => cell.ToString()));
    }

    /// <summary>The sheet's name.</summary>
    public string Name { get; }

    /// <summary>The columns' names, unique.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>Rows below the header.</summary>
    public int RowCount { get; }

    /// <summary>The table as text, of the rows that it was made of.</summary>
    public string Render(List<SheetCell[]> rows, CancellationToken cancel) =>
        TableText.Render(Columns, RowCount, i => SheetColumn.Of(Columns[i], rows, i), cancel);

    /// <summary>Writes what the metadata says of it.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, Name);
        json.WriteNumber("rows"u8, RowCount);
        json.WriteNumber("columns"u8, Columns.Count);
        json.WriteStartArray("column_names"u8);
        for (var i = 0; i < _header.Length; i++)
        {
            WriteName(json, i);
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    // What is not text stays what it is, as long as it needed no number to be unique. JSON has no dates (D27).
    private void WriteName(Utf8JsonWriter json, int column)
    {
        var (cell, name) = (_header[column], Columns[column]);
        if (cell.ToString() != name)
        {
            json.WriteStringValue(name);
        }
        else if (cell.IsWhole)
        {
            json.WriteNumberValue((long)cell.Number);
        }
        else if (cell.Kind == SheetCellKind.Number)
        {
            json.WriteNumberValue(cell.Number);
        }
        else if (cell.Kind == SheetCellKind.Boolean)
        {
            json.WriteBooleanValue(cell.Bits == 1);
        }
        else
        {
            json.WriteStringValue(cell.Kind == SheetCellKind.Date ? name.Replace(' ', 'T') : name);
        }
    }
}
