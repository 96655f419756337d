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

    private readonly StringBuilder _text = new();

    private static ReadOnlySpan<double> PowersOfTen => [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14];

    private enum CellType
    {
        Number,
        Shared,
        Boolean,
        Error,
        Text,
        Inline,
        Date,
    }

    /// <summary>Reads the cell that comes next, if it is a plain one.</summary>
    /// <param name="column">The column of the cell before; this one's after it.</param>
    /// <param name="cell">What it holds.</param>
    /// <exception cref="InvalidDataException">Its value is not what it is said to be.</exception>
    public bool TryReadPlain(ref int column, out SheetCell cell)
    {
        cell = default;
        if (!PlainCell.TryRead(xml.Ahead, out var plain) || TypeOf(plain.Type) is var type && type == CellType.Inline)
        {
            return false;
        }
        xml.Advance(plain.Length);
        column = plain.Column < 0 ? column + 1 : plain.Column;
        cell = ValueOf(type, plain.Style, plain.Value);
        return true;
    }

    /// <summary>At a cell's start, reads it and goes to its end.</summary>
    /// <param name="column">Its column from 0: the next one when the file does not say; negative when what it says is none.</param>
    /// <exception cref="InvalidDataException">Its value is not what it is said to be.</exception>
    public SheetCell Read(ref int column)
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
                    type = TypeOf(attributes.Value);
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
                cell = SheetCell.OfText(RichText.Take(_text));
            }
            else
            {
                xml.Skip();
            }
        }
        return cell;
    }

    private static CellType TypeOf(ReadOnlySpan<byte> name) => name switch
    {
        [] => CellType.Number,
        [(byte)'s'] => CellType.Shared,
        [(byte)'b'] => CellType.Boolean,
        [(byte)'e'] => CellType.Error,
        [(byte)'d'] => CellType.Date,
        [(byte)'s', (byte)'t', (byte)'r'] => CellType.Text,
        [(byte)'i', ..] => CellType.Inline,
        _ => CellType.Number,
    };

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

    private SheetCell ValueOf(CellType type, int style, ReadOnlySpan<byte> raw) => type switch
    {
        _ when raw.IsEmpty => default,
        CellType.Shared => workbook.Strings[IndexOf(raw)],
        CellType.Boolean => SheetCell.OfBoolean(!raw.Trim((byte)' ').SequenceEqual("0"u8)),
        CellType.Error => SheetCell.Error,
        CellType.Text => SheetCell.OfText(XmlText.Of(raw)),
        CellType.Date => DateCell(XmlText.Of(raw)),
        _ => NumberCell(raw, style),
    };

    private static int IndexOf(ReadOnlySpan<byte> digits) =>
        TryReadShort(digits, out var number) && number is >= 0 and <= int.MaxValue ? (int)number :
        Utf8Parser.TryParse(digits.Trim((byte)' '), out int index, out _) ? index : throw Unfit();

    private SheetCell NumberCell(ReadOnlySpan<byte> raw, int style)
    {
        if (!TryReadShort(raw, out var number))
        {
            var digits = raw.Trim((byte)' ');
            if (!double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out number) || !double.IsFinite(number))
            {
                throw Unfit();
            }
            if (digits.Length > ExactDigits && digits.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0)
            {
                return SheetCell.OfText(Encoding.ASCII.GetString(digits));
            }
        }
        var kind = workbook.Formats.KindOf(style);
        return kind == SheetCellKind.Number ? SheetCell.OfNumber(number) : SheetDate.Of(number, workbook.IsFrom1904, kind);
    }

    // A few digits with or without a point between two, as nearly all numbers are. They are exact as a double, as is the power of ten, so
    // that the quotient is the nearest number.
    private static bool TryReadShort(ReadOnlySpan<byte> digits, out double number)
    {
        number = 0;
        var isNegative = digits is [(byte)'-', ..];
        digits = isNegative ? digits[1..] : digits;
        if (digits.Length is 0 or > ExactDigits)
        {
            return false;
        }
        var (whole, point) = (0L, -1);
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[i] - '0';
            if (digit is >= 0 and <= 9)
            {
                whole = (whole * 10) + digit;
            }
            else if (digits[i] == '.' && point < 0)
            {
                point = i;
            }
            else
            {
                return false;
            }
        }
        number = isNegative ? -whole : whole;
        if (point < 0)
        {
            return true;
        }
        number /= PowersOfTen[digits.Length - 1 - point];
        return point > 0 && point < digits.Length - 1;
    }

    private static SheetCell DateCell(string text) =>
        !text.Contains('-', StringComparison.Ordinal) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time) ? SheetCell.OfTime(time) :
        DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var date) ? SheetCell.OfDate(date) :
        throw Unfit();

    private static InvalidDataException Unfit() => new("a cell's value is not of its type");
}
