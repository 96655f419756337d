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
        // A line end or a space after each cell but the last.
        var length = ((long)columns.Length * (rows + 1)) - 1;
        for (var i = 0; i < columns.Length; i++)
        {
            cancel.ThrowIfCancellationRequested();
            var column = columnAt(i);
            var (width, beyond) = Measure(column);
            columns[i] = (column, width);
            length += ((long)width * (rows + 1)) + beyond;
        }
        // Every row is padded to the longest cells, so the size is known before anything is written.
        if (length > ExtractionLimits.MaxCharacters)
        {
            throw new ExtractionLimitException();
        }
        return string.Create((int)length, (columns, rows), static (text, table) => Write(text, table.columns, table.rows));
    }

    private static void Write(Span<char> text, (TableColumn Column, int Width)[] columns, int rows)
    {
        for (var row = -1; row < rows; row++)
        {
            for (var i = 0; i < columns.Length; i++)
            {
                var (column, width) = columns[i];
                var cell = row < 0 ? column.Label : column.Cells[row];
                var blanks = width - TextDecoding.CodePoints(cell);
                text[..blanks].Fill(' ');
                cell.CopyTo(text[blanks..]);
                text = text[(blanks + cell.Length)..];
                if (!text.IsEmpty)
                {
                    text[0] = i + 1 < columns.Length ? ' ' : '\n';
                    text = text[1..];
                }
            }
        }
    }

    // The width that all cells are padded to, and the units that characters of two units take beyond it.
    private static (int Width, int Beyond) Measure(TableColumn column)
    {
        var (width, beyond) = (TextDecoding.CodePoints(column.Label), column.Label.Length - TextDecoding.CodePoints(column.Label));
        foreach (var cell in column.Cells)
        {
            var points = TextDecoding.CodePoints(cell);
            width = Math.Max(width, points);
            beyond += cell.Length - points;
        }
        return (width, beyond);
    }
}
