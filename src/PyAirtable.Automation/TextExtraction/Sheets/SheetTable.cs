using System.Globalization;
using System.Text.Json;

namespace PyAirtable.Automation.TextExtraction.Sheets;

/// <summary>A sheet as a table: its first row names the columns (automation contract 2.6).</summary>
internal sealed class SheetTable
{
    private readonly string _name;
    private readonly int _rows;
    private readonly SheetCell[] _names;

    /// <summary>Names the columns.</summary>
    /// <param name="name">The sheet's name.</param>
    /// <param name="cells">Its cells.</param>
    public SheetTable(string name, SheetCells cells)
    {
        (_name, _rows) = (name, Math.Max(0, cells.RowCount - 1));
        var header = new SheetCell[cells.Width];
        for (var i = 0; i < header.Length; i++)
        {
            header[i] = cells[0, i];
        }
        _names = ColumnNames.Unique(header, static cell => cell.Kind == SheetCellKind.Empty, SheetCell.OfText);
        var areDays = Array.TrueForAll(_names, static cell => cell.IsDay);
        Columns = Array.ConvertAll(_names, cell => areDays ? new DateTime(cell.Bits).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : cell.ToString());
    }

    /// <summary>The columns' names, unique.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The table as text.</summary>
    /// <param name="cells">The cells that it was made of.</param>
    /// <param name="printed">Where it is printed.</param>
    /// <param name="cancel">Looked at between columns.</param>
    public string Print(SheetCells cells, PrintedTable printed, CancellationToken cancel)
    {
        if (_rows == 0)
        {
            return PrintedTable.WithoutRows(Columns);
        }
        printed.Begin(Columns.Count, _rows);
        for (var column = 0; column < Columns.Count; column++)
        {
            cancel.ThrowIfCancellationRequested();
            SheetColumn.Add(printed, Columns[column], cells, column);
        }
        return printed.ToString();
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
            WriteName(json, name);
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    // What is not text stays what it is. JSON has no dates (D27).
    private static void WriteName(Utf8JsonWriter json, SheetCell name)
    {
        if (name.IsWhole)
        {
            json.WriteNumberValue((long)name.Number);
        }
        else if (name.Kind == SheetCellKind.Number)
        {
            json.WriteNumberValue(name.Number);
        }
        else if (name.Kind == SheetCellKind.Boolean)
        {
            json.WriteBooleanValue(name.Bits == 1);
        }
        else
        {
            json.WriteStringValue(name.Kind == SheetCellKind.Date ? name.ToString().Replace(' ', 'T') : name.ToString());
        }
    }
}
