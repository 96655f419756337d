using System.Buffers.Text;
using PyAirtable.Automation.TextExtraction.Packages;

namespace PyAirtable.Automation.TextExtraction.Workbooks;

/// <summary>Reads a sheet's rows: the header and as many more as a table shows. Rows and cells that are left out of the file are empty.</summary>
internal sealed class SheetReader
{
    private const int MaxRowNumber = 1_048_576;
    private const int MaxColumns = 16_384;

    private readonly XmlScanner _xml;
    private readonly CellReader _reader;
    private readonly List<SheetCell> _row = [];
    private int _cells;
    private long _characters;

    /// <summary>Reads a sheet's part, which stands at its start.</summary>
    public SheetReader(XmlScanner xml, Workbook workbook) => (_xml, _reader) = (xml, new CellReader(xml, workbook));

    /// <summary>The rows, each up to its last cell with a value; the last row has one.</summary>
    /// <exception cref="InvalidDataException">It is no sheet, or has a cell where no sheet has one.</exception>
    public List<SheetCell[]> Read(CancellationToken cancel)
    {
        if (_xml.Read() != XmlToken.Start || !_xml.LocalName.SequenceEqual("worksheet"u8))
        {
            throw new InvalidDataException("the part is not a sheet");
        }
        while (_xml.Read() is not XmlToken.None and var token)
        {
            if (token == XmlToken.Start && _xml.LocalName.SequenceEqual("sheetData"u8))
            {
                return ReadRows(cancel);
            }
            if (token == XmlToken.Start)
            {
                _xml.Skip();
            }
        }
        return [];
    }

    private List<SheetCell[]> ReadRows(CancellationToken cancel)
    {
        var rows = new List<SheetCell[]>();
        var filled = 0;
        while (_xml.Read() is not XmlToken.End and var token)
        {
            cancel.ThrowIfCancellationRequested();
            if (token != XmlToken.Start)
            {
                continue;
            }
            var number = _xml.LocalName.SequenceEqual("row"u8) ? RowNumber(_xml.Attributes, rows.Count + 1) : 0;
            if (number > ExtractionLimits.MaxRows + 1)
            {
                break;
            }
            // One that comes too late for its place is passed over.
            if (number <= rows.Count)
            {
                _xml.Skip();
                continue;
            }
            while (rows.Count < number - 1)
            {
                rows.Add([]);
            }
            rows.Add(ReadRow());
            filled = rows[^1].Length > 0 ? rows.Count : filled;
        }
        rows.RemoveRange(filled, rows.Count - filled);
        return rows;
    }

    private static int RowNumber(XmlAttributes attributes, int next)
    {
        while (attributes.Next())
        {
            if (attributes.Name.SequenceEqual("r"u8))
            {
                return Utf8Parser.TryParse(attributes.Value, out int number, out var used) && used == attributes.Value.Length && number is > 0 and <= MaxRowNumber
                    ? number
                    : throw new InvalidDataException("a row has no place in a sheet");
            }
        }
        return next;
    }

    private SheetCell[] ReadRow()
    {
        _row.Clear();
        var column = -1;
        while (_xml.Read() is not XmlToken.End and var token)
        {
            if (token != XmlToken.Start)
            {
                continue;
            }
            if (!_xml.LocalName.SequenceEqual("c"u8))
            {
                _xml.Skip();
                continue;
            }
            column++;
            var cell = _reader.Read(ref column);
            if (column is < 0 or >= MaxColumns)
            {
                throw new InvalidDataException("a cell has no place in a sheet");
            }
            if (cell.Kind != SheetCellKind.Empty)
            {
                Place(cell, column);
            }
        }
        return [.. _row];
    }

    private void Place(SheetCell cell, int column)
    {
        // Whatever the table looks like, it has all of this in it.
        _characters += cell.Text?.Length ?? 0;
        if (_characters > ExtractionLimits.MaxCharacters)
        {
            throw new ExtractionLimitException();
        }
        if (column < _row.Count)
        {
            _row[column] = cell;
            return;
        }
        _cells += column + 1 - _row.Count;
        if (_cells > ExtractionLimits.MaxCells)
        {
            throw new ExtractionLimitException(ExtractionLimits.TooManyCells);
        }
        while (_row.Count < column)
        {
            _row.Add(default);
        }
        _row.Add(cell);
    }
}
