using PyAirtable.Automation.TextExtraction.CompoundFiles;
using PyAirtable.Automation.TextExtraction.Sheets;

namespace PyAirtable.Automation.TextExtraction.Spreadsheets;

/// <summary>The cells of a worksheet of an Excel 95 to 2003 workbook ([MS-XLS] 2.1.7.20.5).</summary>
/// <param name="workbook">The workbook.</param>
internal sealed class BiffSheet(BiffWorkbook workbook)
{
    private const int MostColumns = 256;
    private const ushort NotANumber = 0xFFFF;

    // Records may come in any order.
    private readonly List<SheetCell[]> _rows = [];
    private (int Row, int Column)? _awaitsText;

    /// <summary>Reads the cells up to the last row that has a value.</summary>
    /// <param name="start">Where the sheet begins in the workbook's stream.</param>
    /// <param name="cells">Where they are put; what it has is forgotten.</param>
    /// <param name="cancel">Looked at between records.</param>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public void Read(int start, SheetCells cells, CancellationToken cancel)
    {
        var records = workbook.RecordsOf(start);
        // Charts stand inside of sheets, as substreams of their own.
        for (var depth = 1; depth > 0;)
        {
            cancel.ThrowIfCancellationRequested();
            if (!records.Read())
            {
                throw new InvalidDataException("a sheet ends too early");
            }
            depth += records.Id switch { BiffRecordId.StartOfSubstream => 1, BiffRecordId.EndOfSubstream => -1, _ => 0 };
            if (depth == 1)
            {
                Take(records);
            }
        }
        cells.Clear();
        foreach (var row in _rows)
        {
            cells.AddRow();
            for (var column = 0; column < row.Length; column++)
            {
                cells.Put(column, row[column]);
            }
        }
        cells.TrimRows();
    }

    private void Take(BiffRecords records)
    {
        var fields = records.Fields;
        switch (records.Id)
        {
            case BiffRecordId.SharedLabel:
                Put(fields, workbook.Text(fields.UInt32(6)));
                break;
            case BiffRecordId.Label or BiffRecordId.RichLabel:
                Put(fields, workbook.Texts.Add(workbook.Label(records, 6)));
                break;
            case BiffRecordId.Number:
                Put(fields, workbook.Number(fields.Double(6), fields.UInt16(4)));
                break;
            case BiffRecordId.PackedNumber:
                Put(fields, workbook.Number(Unpack(fields.UInt32(6)), fields.UInt16(4)));
                break;
            case BiffRecordId.RowOfPackedNumbers:
                for (var at = 4; at + 6 <= fields.Length - 2; at += 6)
                {
                    Put(fields.UInt16(0), fields.UInt16(2) + ((at - 4) / 6), workbook.Number(Unpack(fields.UInt32(at + 2)), fields.UInt16(at)));
                }
                break;
            case BiffRecordId.BooleanOrError:
                Put(fields, fields.Byte(7) != 0 ? SheetCell.Error : SheetCell.OfBoolean(fields.Byte(6) != 0));
                break;
            case BiffRecordId.Formula:
                TakeResult(fields);
                break;
            case BiffRecordId.FormulaString when _awaitsText is { } cell:
                Put(cell.Row, cell.Column, workbook.Texts.Add(workbook.Label(records, 0)));
                _awaitsText = null;
                break;
        }
    }

    // A formula's last result is a number, or says in its first byte what else it is.
    private void TakeResult(BinaryFields fields)
    {
        if (fields.UInt16(12) != NotANumber)
        {
            Put(fields, workbook.Number(fields.Double(6), fields.UInt16(4)));
            return;
        }
        Put(fields, fields.Byte(6) switch { 1 => SheetCell.OfBoolean(fields.Byte(8) != 0), 2 => SheetCell.Error, _ => default });
        _awaitsText = fields.Byte(6) == 0 ? (fields.UInt16(0), fields.UInt16(2)) : null;
    }

    private void Put(BinaryFields fields, SheetCell value) => Put(fields.UInt16(0), fields.UInt16(2), value);

    private void Put(int row, int column, SheetCell value)
    {
        // The header and the rows below it.
        if (row >= SheetCells.MaxRows || column >= MostColumns)
        {
            return;
        }
        while (_rows.Count <= row)
        {
            _rows.Add(new SheetCell[MostColumns]);
        }
        _rows[row][column] = value;
    }

    // Two flags and 30 bits of a whole number or of a double's upper half.
    private static double Unpack(uint packed)
    {
        var value = (packed & 2) != 0 ? (int)packed >> 2 : BitConverter.UInt64BitsToDouble((ulong)(packed & ~3u) << 32);
        return (packed & 1) != 0 ? value / 100 : value;
    }
}
