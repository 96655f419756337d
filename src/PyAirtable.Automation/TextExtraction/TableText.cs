using System.Text;

namespace PyAirtable.Automation.TextExtraction;

/// <summary>A table in pandas' plain text form without index.</summary>
internal static class TableText
{
    /// <summary>Columns right-justified, one space between two, lines joined by LF.</summary>
    public static string Render(IReadOnlyList<string> names, IReadOnlyList<string?[]> rows, CancellationToken cancel) =>
        Render(names, rows.Count, i => TableColumn.Of(names[i], [.. rows.Select(row => row[i])]), cancel);

    /// <summary>The same, of columns that are made as they are needed.</summary>
    public static string Render(IReadOnlyList<string> names, int rows, Func<int, TableColumn> columnAt, CancellationToken cancel)
    {
        if (rows == 0)
        {
            return $"Empty DataFrame\nColumns: [{string.Join(", ", names)}]\nIndex: []";
        }
        var columns = new (TableColumn Column, int Width)[names.Count];
        for (var i = 0; i < columns.Length; i++)
        {
            cancel.ThrowIfCancellationRequested();
            var column = columnAt(i);
            columns[i] = (column, Math.Max(TextDecoding.CodePoints(column.Label), column.Cells.Max(TextDecoding.CodePoints)));
        }
        // Every row is padded to the longest cells, so the size is known before anything is written.
        if ((columns.Sum(column => (long)column.Width) + columns.Length) * (rows + 1) > ExtractionLimits.MaxCharacters)
        {
            throw new ExtractionLimitException();
        }
        var text = new StringBuilder();
        AppendLine(text, columns, column => column.Label);
        for (var row = 0; row < rows; row++)
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
            text.Append(' ', columns[i].Width - TextDecoding.CodePoints(cell) + (i > 0 ? 1 : 0)).Append(cell);
        }
    }
}
