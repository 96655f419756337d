using System.Buffers.Text;
using PyAirtable.Automation.TextExtraction.Packages;
using PyAirtable.Automation.TextExtraction.Sheets;

namespace PyAirtable.Automation.TextExtraction.Workbooks;

/// <summary>Reads a sheet's rows: the header and as many more as a table shows. Rows and cells that are left out of the file are empty.</summary>
/// <param name="xml">The sheet's part, at its start.</param>
/// <param name="workbook">The workbook.</param>
/// <param name="cells">Where the cells are put; what it has is forgotten.</param>
internal sealed class SheetReader(XmlScanner xml, Workbook workbook, SheetCells cells)
{
    private const int MaxRowNumber = 1_048_576;

    private readonly CellReader _reader = new(xml, workbook);

    /// <summary>Reads the cells up to the last row that has a value.</summary>
    /// <exception cref="InvalidDataException">It is no sheet, or has a cell where no sheet has one.</exception>
    /// <exception cref="ExtractionLimitException">It has too many cells, or too much text in them.</exception>
    public void Read(CancellationToken cancel)
    {
        cells.Clear();
        if (xml.Read() != XmlToken.Start || !xml.LocalName.SequenceEqual("worksheet"u8))
        {
            throw new InvalidDataException("the part is not a sheet");
        }
        while (xml.Read() is not XmlToken.None and var token)
        {
            if (token == XmlToken.Start && xml.LocalName.SequenceEqual("sheetData"u8))
            {
                ReadRows(cancel);
                cells.TrimRows();
                return;
            }
            if (token == XmlToken.Start)
            {
                xml.Skip();
            }
        }
    }

    private void ReadRows(CancellationToken cancel)
    {
        while (xml.Read() is not XmlToken.End and var token)
        {
            cancel.ThrowIfCancellationRequested();
            if (token != XmlToken.Start)
            {
                continue;
            }
            var number = xml.LocalName.SequenceEqual("row"u8) ? RowNumber(xml.Attributes, cells.RowCount + 1) : 0;
            if (number > SheetCells.MaxRows)
            {
                return;
            }
            // One that comes too late for its place is passed over.
            if (number <= cells.RowCount)
            {
                xml.Skip();
                continue;
            }
            while (cells.RowCount < number)
            {
                cells.AddRow();
            }
            ReadRow();
        }
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

    private void ReadRow()
    {
        var column = -1;
        while (true)
        {
            _reader.ReadPlain(ref column, cells);
            var token = xml.Read();
            if (token == XmlToken.End)
            {
                return;
            }
            if (token == XmlToken.Start && xml.LocalName.SequenceEqual("c"u8))
            {
                _reader.Read(ref column, cells);
            }
            else if (token == XmlToken.Start)
            {
                xml.Skip();
            }
        }
    }
}
