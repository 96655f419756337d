using System.Text;
using PyAirtable.Automation.TextExtraction.CompoundFiles;
using PyAirtable.Automation.TextExtraction.Sheets;

namespace PyAirtable.Automation.TextExtraction.Spreadsheets;

/// <summary>
/// What all sheets of an Excel 95 to 2003 workbook share ([MS-XLS] 2.1.7.20.3): names and places of the sheets, texts, which formats are dates.
/// </summary>
internal sealed class BiffWorkbook
{
    private const int Version8 = 0x0600;
    private const int Version5 = 0x0500;
    private const int Globals = 0x0005;
    private const int SheetCells = 0x0010;
    private const int Worksheet = 0;

    private readonly Dictionary<int, SheetCellKind> _formats = [];
    private readonly List<int> _cellFormats = [];
    private readonly List<SheetCell> _texts = [];
    private readonly byte[] _stream;
    private readonly bool _isVersion8;
    private Encoding? _narrow = CodePages.Western;
    private bool _from1904;

    /// <summary>Reads the stream's beginning.</summary>
    /// <exception cref="InvalidDataException">It is damaged, encrypted, or of another version; the message says it.</exception>
    public BiffWorkbook(byte[] stream, CancellationToken cancel)
    {
        _stream = stream;
        var records = new BiffRecords(stream, 0);
        if (!records.Read() || records.Id != BiffRecordId.StartOfSubstream || records.Fields.UInt16(2) != Globals
            || records.Fields.UInt16(0) is not (Version8 or Version5))
        {
            throw new InvalidDataException("Expected BOF record");
        }
        _isVersion8 = records.Fields.UInt16(0) == Version8;
        while (records.Read() && records.Id != BiffRecordId.EndOfSubstream)
        {
            cancel.ThrowIfCancellationRequested();
            Take(records);
        }
    }

    /// <summary>Names of the worksheets and where they begin in the stream.</summary>
    public List<(string Name, int Start)> Sheets { get; } = [];

    /// <summary>All texts of cells.</summary>
    public CellTexts Texts { get; } = new();

    /// <summary>A cell's text that many cells may share.</summary>
    public SheetCell Text(uint index) => index < _texts.Count ? _texts[(int)index] : throw new InvalidDataException("a cell has a text that is not there");

    /// <summary>
    /// A cell's number, which is a date when the cell's format says so and a calendar has it. xlrd, by which pandas reads these files, knows
    /// no durations: they are dates.
    /// </summary>
    public SheetCell Number(double number, int cellFormat)
    {
        var format = cellFormat < _cellFormats.Count ? _cellFormats[cellFormat] : 0;
        var kind = _formats.TryGetValue(format, out var known) ? known : NumberFormat.KindOfBuiltIn(format);
        var date = kind == SheetCellKind.Number || number < 0 ? SheetCell.Error : SheetDate.Of(number, _from1904, SheetCellKind.Date);
        return date == SheetCell.Error ? SheetCell.OfNumber(number) : date;
    }

    /// <summary>Text of a cell itself: two bytes of length, then the text in the version's form.</summary>
    public string Label(BiffRecords records, int at) => Label(records, at + 2, records.Fields.UInt16(at));

    /// <summary>The sheet's records, after the one that begins it.</summary>
    public BiffRecords RecordsOf(int start)
    {
        var records = new BiffRecords(_stream, start);
        return records.Read() && records.Id == BiffRecordId.StartOfSubstream && records.Fields.UInt16(2) == SheetCells
            ? records
            : throw new InvalidDataException("a sheet does not begin where it should");
    }

    private void Take(BiffRecords records)
    {
        switch (records.Id)
        {
            case BiffRecordId.FilePassword:
                throw new InvalidDataException("Workbook is encrypted");
            case BiffRecordId.Date1904:
                _from1904 = records.Fields.UInt16(0) == 1;
                break;
            case BiffRecordId.CodePage:
                _narrow = CodePages.Find(records.Fields.UInt16(0));
                break;
            case BiffRecordId.CellFormat:
                _cellFormats.Add(records.Fields.UInt16(2));
                break;
            case BiffRecordId.NumberFormat:
                _formats[records.Fields.UInt16(0)] = NumberFormat.KindOf(_isVersion8 ? Label(records, 2) : Label(records, 3, records.Fields.Byte(2)));
                break;
            case BiffRecordId.Sheet when records.Fields.Byte(5) == Worksheet:
                Sheets.Add((Label(records, 7, records.Fields.Byte(6)), records.Fields.Int32(0)));
                break;
            case BiffRecordId.SharedStrings:
                ReadTexts(new BiffText(records, 8));
                break;
        }
    }

    private string Label(BiffRecords records, int at, int length) => _isVersion8
        ? new BiffText(records, at).String(length)
        : StorableText.Of((_narrow ?? throw new InvalidDataException("the workbook's code page is unknown")).GetString(records.Fields.Slice(at, length)));

    // The numbers before say how many there are, and are not always right.
    private void ReadTexts(BiffText text)
    {
        while (text.HasMore)
        {
            _texts.Add(Texts.Add(text.String(text.UInt16())));
        }
    }
}
