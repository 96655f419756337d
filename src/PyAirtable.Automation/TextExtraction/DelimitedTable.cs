using System.Globalization;

namespace PyAirtable.Automation.TextExtraction;

/// <summary>A table read from delimited text by pandas' rules for header and ragged rows (automation contract 2.6).</summary>
/// <param name="Names">Column names, unique.</param>
/// <param name="Rows">Cells, as many a row as there are names; null where the row was shorter.</param>
/// <param name="HasIndex">True when rows were longer than the header, so that their first cells became an index, which is not shown.</param>
internal sealed record DelimitedTable(IReadOnlyList<string> Names, IReadOnlyList<string?[]> Rows, bool HasIndex)
{
    /// <summary>Reads at most <see cref="ExtractionLimits.MaxRows"/> rows.</summary>
    /// <exception cref="FormatException">The text is no table with this separator; the message is pandas'.</exception>
    /// <exception cref="ExtractionLimitException">It has too many cells.</exception>
    public static DelimitedTable Read(TextReader text, char separator, CancellationToken cancel)
    {
        var reader = new DelimitedReader(text, separator);
        var header = reader.Read() ?? throw new FormatException("No columns to parse from file");
        var rows = new List<string?[]>();
        var index = 0;
        while (rows.Count < ExtractionLimits.MaxRows && reader.Read() is { } cells)
        {
            cancel.ThrowIfCancellationRequested();
            if ((rows.Count + 1L) * header.Count > ExtractionLimits.MaxCells)
            {
                throw new ExtractionLimitException(ExtractionLimits.TooManyCells);
            }
            // The first row says how wide the table is: what it has beyond the header is an index.
            index = rows.Count == 0 ? Math.Max(0, cells.Count - header.Count) : index;
            if (cells.Count > header.Count + index)
            {
                throw new FormatException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Error tokenizing data. C error: Expected {header.Count + index} fields in line {reader.Line}, saw {cells.Count}"));
            }
            var row = new string?[header.Count];
            for (var i = index; i < cells.Count; i++)
            {
                row[i - index] = cells[i];
            }
            rows.Add(row);
        }
        return new(ColumnNames.Unique(header, static name => name.Length == 0, static name => name), rows, index > 0);
    }

    /// <summary>The table as pandas prints it.</summary>
    public string Print(CancellationToken cancel)
    {
        if (Rows.Count == 0)
        {
            return PrintedTable.WithoutRows(Names);
        }
        var printed = new PrintedTable(Names.Count, Rows.Count);
        var cells = new string?[Rows.Count];
        for (var column = 0; column < Names.Count; column++)
        {
            cancel.ThrowIfCancellationRequested();
            for (var row = 0; row < cells.Length; row++)
            {
                cells[row] = Rows[row][column];
            }
            TableColumn.Add(printed, Names[column], cells);
        }
        return printed.ToString();
    }
}
