using System.Text;

namespace PyAirtable.Automation.TextExtraction;

/// <summary>A table in pandas' plain text form without index.</summary>
internal static class TableText
{
    /// <summary>Columns right-justified, one space between two, lines joined by LF.</summary>
    public static string Render(IReadOnlyList<string> names, IReadOnlyList<string?[]> rows, CancellationToken cancel)
    {
        if (rows.Count == 0)
        {
            return $"Empty DataFrame\nColumns: [{string.Join(", ", names)}]\nIndex: []";
        }
        var columns = new (TableColumn Column, int Width)[names.Count];
        for (var i = 0; i < columns.Length; i++)
        {
            cancel.ThrowIfCancellationRequested();
            var column = TableColumn.Of(names[i], [.. rows.Select(row => row[i])]);
            columns[i] = (column, Math.Max(Width(column.Label), column.Cells.Max(Width)));
        }
        // Every row is padded to the longest cells, so the size is known before anything is written.
        if ((columns.Sum(column => (long)column.Width) + columns.Length) * (rows.Count + 1) > ExtractionLimits.MaxCharacters)
        {
            throw new ExtractionLimitException();
        }
        var text = new StringBuilder();
        AppendLine(text, columns, column => column.Label);
        for (var row = 0; row < rows.Count; row++)
        {
            text.Append('\n');
            AppendLine(text, columns, column => column.Cells[row]);
        }
        return text.ToString();
    }

    private static void AppendLine(StringBuilder text, (TableColumn Column, int Width)[] columns, Func<TableColumn, string> cellOf)
    {
        for (var i = 0; i < columns.Length; i++)
        {
            var cell = cellOf(columns[i].Column);
            text.Append(' ', columns[i].Width - Width(cell) + (i > 0 ? 1 : 0)).Append(cell);
        }
    }

    private static int Width(string text)
    {
        var width = text.Length;
        foreach (var unit in text)
        {
            width -= char.IsLowSurrogate(unit) ? 1 : 0;
        }
        return width;
    }
}
