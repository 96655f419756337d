using System.Buffers.Text;
using System.Globalization;
using System.Text;
using PyAirtable.Automation.TextExtraction.Packages;
using PyAirtable.Automation.TextExtraction.Sheets;

namespace PyAirtable.Automation.TextExtraction.Workbooks;

/// <summary>Reads one cell (ECMA-376 part 1, 18.3.1.4). A formula's stored result is its value.</summary>
internal sealed class CellReader(XmlScanner xml, Workbook workbook)
{
    // Numbers of more digits lose some as doubles; they are kept as text, which a column of numbers takes all the same.
    private const int ExactDigits = 15;
    private const int MaxColumns = 16_384;

    private readonly StringBuilder _text = new();

    /// <summary>Reads the plain cells that come next.</summary>
    /// <param name="column">The column of the cell before; in the end that of the last one read.</param>
    /// <param name="cells">Where they are put.</param>
    /// <exception cref="InvalidDataException">A value is not what it is said to be, or has no place in a sheet.</exception>
    public void ReadPlain(ref int column, SheetCells cells)
    {
        var ahead = xml.Ahead;
        var at = 0;
        while (PlainCell.TryRead(ahead[at..], out var plain))
        {
            at += plain.Length;
            column = plain.Column < 0 ? column + 1 : plain.Column;
            Put(cells, column, ValueOf(plain));
        }
        xml.Advance(at);
    }

    /// <summary>At a cell's start, reads it and goes to its end.</summary>
    /// <param name="column">The column of the cell before; then its own: the next one when the file does not say.</param>
    /// <param name="cells">Where it is put.</param>
    /// <exception cref="InvalidDataException">Its value is not what it is said to be, or it has no place in a sheet.</exception>
    public void Read(ref int column, SheetCells cells)
    {
        column++;
        var cell = ReadAny(ref column);
        Put(cells, column, cell);
    }

    private static void Put(SheetCells cells, int column, SheetCell cell)
    {
        if (column is < 0 or >= MaxColumns)
        {
            throw new InvalidDataException("a cell has no place in a sheet");
        }
        cells.Put(column, cell);
    }

    // The column stays as it is where the file does not say, and is negative when what it says is none.
    private SheetCell ReadAny(ref int column)
    {
        var (type, style) = (CellType.Number, 0);
        var attributes = xml.Attributes;
        while (attributes.Next())
        {
            switch (attributes.Name)
            {
                case [(byte)'r']:
                    column = ColumnOf(attributes.Value);
                    break;
                case [(byte)'s']:
                    _ = Utf8Parser.TryParse(attributes.Value, out style, out _);
                    break;
                case [(byte)'t']:
                    type = PlainCell.TypeOf(attributes.Value);
                    break;
            }
        }
        SheetCell cell = default;
        while (xml.Read() is not XmlToken.End and var token)
        {
            if (token != XmlToken.Start)
            {
                continue;
            }
            if (type != CellType.Inline && xml.LocalName is [(byte)'v'])
            {
                cell = xml.TryReadText(out var raw) ? ValueOf(type, style, raw) : ReadValue(type, style);
            }
            else if (type == CellType.Inline && xml.LocalName.SequenceEqual("is"u8))
            {
                RichText.Append(_text, xml);
                cell = workbook.Texts.Add(RichText.Take(_text));
            }
            else
            {
                xml.Skip();
            }
        }
        return cell;
    }

    private static int ColumnOf(ReadOnlySpan<byte> reference)
    {
        var column = 0;
        foreach (var letter in reference)
        {
            if ((letter & ~0x20) is not (>= 'A' and <= 'Z') || column > ushort.MaxValue)
            {
                break;
            }
            column = (column * 26) + (letter & ~0x20) - 'A' + 1;
        }
        return column - 1;
    }

    private SheetCell ReadValue(CellType type, int style)
    {
        var token = xml.Read();
        if (token == XmlToken.End)
        {
            return default;
        }
        var cell = token == XmlToken.Text ? ValueOf(type, style, xml.RawText) : throw Unfit();
        return xml.Read() == XmlToken.End ? cell : throw Unfit();
    }

    private SheetCell ValueOf(in PlainCell plain) =>
        !plain.IsShort ? ValueOf(plain.Type, plain.Style, plain.Value) :
        plain.Type == CellType.Number ? NumberCell(plain.Number.Value, plain.Style) :
        plain.Type == CellType.Shared && plain.Number is { Digits: >= 0 and <= int.MaxValue, Decimals: 0 } ? workbook.Strings[(int)plain.Number.Digits] :
        ValueOf(plain.Type, plain.Style, plain.Value);

    private SheetCell ValueOf(CellType type, int style, ReadOnlySpan<byte> raw) => type switch
    {
        _ when raw.IsEmpty => default,
        CellType.Shared => workbook.Strings[Utf8Parser.TryParse(raw.Trim((byte)' '), out int index, out _) ? index : throw Unfit()],
        CellType.Boolean => SheetCell.OfBoolean(!raw.Trim((byte)' ').SequenceEqual("0"u8)),
        CellType.Error => SheetCell.Error,
        CellType.Text => workbook.Texts.Add(XmlText.Of(raw)),
        CellType.Date => DateCell(XmlText.Of(raw)),
        _ => NumberCell(raw, style),
    };

    private SheetCell NumberCell(ReadOnlySpan<byte> raw, int style)
    {
        if (ShortNumber.Read(raw, out var number) == raw.Length)
        {
            return NumberCell(number.Value, style);
        }
        var digits = raw.Trim((byte)' ');
        if (!double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value))
        {
            throw Unfit();
        }
        return digits.Length > ExactDigits && digits.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0
            ? workbook.Texts.Add(digits)
            : NumberCell(value, style);
    }

    private SheetCell NumberCell(double number, int style)
    {
        var kind = workbook.Formats.KindOf(style);
        return kind == SheetCellKind.Number ? SheetCell.OfNumber(number) : SheetDate.Of(number, workbook.IsFrom1904, kind);
    }

    private static SheetCell DateCell(string text) =>
        !text.Contains('-', StringComparison.Ordinal) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time) ? SheetCell.OfTime(time) :
        DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var date) ? SheetCell.OfDate(date) :
        throw Unfit();

    private static InvalidDataException Unfit() => new("a cell's value is not of its type");
}
