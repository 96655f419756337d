using System.Globalization;
using System.Text.Json;

namespace PyAirtable.Automation.TextExtraction.Sheets;

/// <summary>What a sheet's header calls a column: a text, or what else its cell holds, which stays what it is.</summary>
/// <param name="Text">As text, by Python's <c>str()</c>.</param>
/// <param name="Value">The cell, but for a text, whose place says nothing.</param>
internal readonly record struct SheetColumnName(string Text, SheetCell Value)
{
    private static readonly SheetCell AnyText = new(SheetCellKind.Text, 0);

    /// <summary>True for a date without a time.</summary>
    public bool IsDay => Value.Kind == SheetCellKind.Date && Value.Bits % TimeSpan.TicksPerDay == 0;

    /// <summary>A date without its time.</summary>
    public string Day => new DateTime(Value.Bits).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The names in a sheet's first row, made unique.</summary>
    public static SheetColumnName[] Of(SheetCells cells)
    {
        var header = new SheetColumnName[cells.Width];
        for (var i = 0; i < header.Length; i++)
        {
            var cell = cells[0, i];
            header[i] = new(cells.Texts.ToString(cell), cell.Kind == SheetCellKind.Text ? AnyText : cell);
        }
        return ColumnNames.Unique(header, static name => name.Value.Kind == SheetCellKind.Empty, static text => new(text, AnyText));
    }

    public override string ToString() => Text;

    /// <summary>Writes it as metadata has it. JSON has no dates (D27).</summary>
    public void Write(Utf8JsonWriter json)
    {
        if (Value.IsWhole)
        {
            json.WriteNumberValue((long)Value.Number);
        }
        else if (Value.Kind == SheetCellKind.Number)
        {
            json.WriteNumberValue(Value.Number);
        }
        else if (Value.Kind == SheetCellKind.Boolean)
        {
            json.WriteBooleanValue(Value.Bits == 1);
        }
        else
        {
            json.WriteStringValue(Value.Kind == SheetCellKind.Date ? Text.Replace(' ', 'T') : Text);
        }
    }
}
