using PyAirtable.Automation.TextExtraction.CompoundFiles;

namespace PyAirtable.Automation.TextExtraction.Spreadsheets;

/// <summary>The cells of a worksheet of an Excel 95 to 2003 workbook ([MS-XLS] 2.1.7.20.5).</summary>
/// <param name="workbook">The workbook.</param>
internal sealed class BiffSheet(BiffWorkbook workbook)
{
    private const int MostColumns = 256;
    // pandas reads an error as a missing value, and this is one of its names.
    private const string Error = "#N/A";
    private const ushort NotANumber = 0xFFFF;

    private readonly List<object?[]> _rows = [];
    private (int Row, int Column)? _awaitsText;

    /// <summary>The first rows that are read, all equally long; cells are null, text, double, bool or DateTime.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public IReadOnlyList<object?[]> Read(int start, CancellationToken cancel)
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
        var width = _rows.Count == 0 ? 0 : _rows.Max(row => Array.FindLastIndex(row, cell => cell is not null) + 1);
        return _rows.ConvertAll(row => row[..width]);
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
                Put(fields, workbook.Label(records, 6));
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
                Put(fields, fields.Byte(7) != 0 ? Error : fields.Byte(6) != 0);
                break;
            case BiffRecordId.Formula:
                TakeResult(fields);
                break;
            case BiffRecordId.FormulaString when _awaitsText is { } cell:
                Put(cell.Row, cell.Column, workbook.Label(records, 0));
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
        Put(fields, fields.Byte(6) switch { 1 => fields.Byte(8) != 0, 2 => Error, _ => "" });
        _awaitsText = fields.Byte(6) == 0 ? (fields.UInt16(0), fields.UInt16(2)) : null;
    }

    private void Put(BinaryFields fields, object value) => Put(fields.UInt16(0), fields.UInt16(2), value);

    private void Put(int row, int column, object value)
    {
        // The header and the rows below it.
        if (row > ExtractionLimits.MaxRows || column >= MostColumns)
        {
            return;
        }
        while (_rows.Count <= row)
        {
            _rows.Add(new object?[MostColumns]);
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
