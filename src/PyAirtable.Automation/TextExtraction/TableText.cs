using System.Text;

namespace PyAirtable.Automation.TextExtraction;

/// <summary>A table in pandas' plain text form without index.</summary>
internal static class TableText
{
    /// <summary>Columns right-justified, one space between two, lines joined by LF.</summary>
    public static string Render(IReadOnlyList<string> names, IReadOnlyList<string?[]> rows, CancellationToken cancel)
    {
        var text = new StringBuilder();
        Append(text, names, rows.Count, i => TableColumn.Of(names[i], [.. rows.Select(row => row[i])]), cancel);
        return text.ToString();
    }

    /// <summary>Adds the same, of columns that are made as they are needed.</summary>
    public static void Append(StringBuilder text, IReadOnlyList<string> names, int rows, Func<int, TableColumn> columnAt, CancellationToken cancel)
    {
        if (rows == 0)
        {
            text.Append("Empty DataFrame\nColumns: [").AppendJoin(", ", names).Append("]\nIndex: []");
            return;
        }
        var columns = new (TableColumn Column, int Width)[names.Count];
        for (var i = 0; i < columns.Length; i++)
        {
            cancel.ThrowIfCancellationRequested();
            var column = columnAt(i);
            columns[i] = (column, WidthOf(column));
        }
        // Every row is padded to the longest cells, so the size is known before anything is written.
        if ((columns.Sum(column => (long)column.Width) + columns.Length) * (rows + 1) > ExtractionLimits.MaxCharacters)
        {
            throw new ExtractionLimitException();
        }
        for (var row = -1; row < rows; row++)
        {
            text.Append(row < 0 ? "" : "\n");
            for (var i = 0; i < columns.Length; i++)
            {
                var (column, width) = columns[i];
                var cell = row < 0 ? column.Label : column.Cells[row];
                text.Append(' ', width - TextDecoding.CodePoints(cell) + (i > 0 ? 1 : 0)).Append(cell);
            }
        }
    }

    private static int WidthOf(TableColumn column)
    {
        var width = TextDecoding.CodePoints(column.Label);
        foreach (var cell in column.Cells)
        {
            width = Math.Max(width, TextDecoding.CodePoints(cell));
        }
        return width;
    }
}
