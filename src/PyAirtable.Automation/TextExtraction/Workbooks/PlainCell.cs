using System.Buffers.Binary;

namespace PyAirtable.Automation.TextExtraction.Workbooks;

/// <summary>
/// A cell as Excel writes nearly all of them, <c>&lt;c r="B2" s="1" t="s"&gt;&lt;v&gt;3&lt;/v&gt;&lt;/c&gt;</c>, found in one pass without
/// reading its parts as tokens, which takes several times as long. Every other one is read as XML is.
/// </summary>
internal ref struct PlainCell
{
    // Longer ones have no place in a sheet, or are of another form.
    private const int MostLetters = 3;
    private const int MostStyleDigits = 5;

    private static ReadOnlySpan<byte> Start => "<c"u8;

    private static ReadOnlySpan<byte> Middle => "><v>"u8;

    private static ReadOnlySpan<byte> End => "</v></c>"u8;

    /// <summary>Its column from 0; -1 where the file does not say.</summary>
    public int Column { get; private set; }

    /// <summary>Its style's number; 0 for none.</summary>
    public int Style { get; private set; }

    /// <summary>What its value is said to be; never a text within it, which is no plain value.</summary>
    public CellType Type { get; private set; }

    /// <summary>Its value as written.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>True when its value is a <see cref="Number"/> and nothing else.</summary>
    public bool IsShort { get; private set; }

    /// <summary>Its value as a number.</summary>
    public ShortNumber Number { get; private set; }

    /// <summary>Bytes of it all.</summary>
    public int Length { get; private set; }

    /// <summary>What a cell's type attribute says.</summary>
    public static CellType TypeOf(ReadOnlySpan<byte> name) => name switch
    {
        [(byte)'s'] => CellType.Shared,
        [(byte)'b'] => CellType.Boolean,
        [(byte)'e'] => CellType.Error,
        [(byte)'d'] => CellType.Date,
        [(byte)'s', (byte)'t', (byte)'r'] => CellType.Text,
        [(byte)'i', ..] => CellType.Inline,
        _ => CellType.Number,
    };

    /// <summary>Finds one at the very start of the bytes; false when there is none, or not all of it.</summary>
    public static bool TryRead(ReadOnlySpan<byte> xml, out PlainCell cell)
    {
        cell = default;
        cell.Column = -1;
        if (!xml.StartsWith(Start))
        {
            return false;
        }
        var at = Start.Length;
        // A blank, one letter, an equals sign, and a value in quotes.
        while (xml.Length - at > sizeof(uint) && (BinaryPrimitives.ReadUInt32LittleEndian(xml[at..]) & 0xFFFF00FF) == 0x223D0020)
        {
            var name = xml[at + 1];
            var rest = xml[(at + sizeof(uint))..];
            var length = name switch
            {
                (byte)'r' => cell.TakeReference(rest),
                (byte)'s' => cell.TakeStyle(rest),
                (byte)'t' => cell.TakeType(rest),
                _ => 0,
            };
            if (length == 0 || length >= rest.Length || rest[length] != '"')
            {
                return false;
            }
            at += sizeof(uint) + length + 1;
        }
        return xml[at..].StartsWith(Middle) && cell.TakeValue(xml[(at + Middle.Length)..], at + Middle.Length);
    }

    private bool TakeValue(ReadOnlySpan<byte> rest, int before)
    {
        var length = ShortNumber.Read(rest, out var number);
        Number = number;
        IsShort = length > 0 && length < rest.Length && rest[length] == '<';
        while (length < rest.Length && rest[length] != '<')
        {
            length++;
        }
        Value = rest[..length];
        Length = before + length + End.Length;
        return rest[length..].StartsWith(End) && Type != CellType.Inline;
    }

    // Each gives the value's length, or 0 for one of another form.
    private int TakeReference(ReadOnlySpan<byte> rest)
    {
        var (at, column) = (0, 0);
        while (at < rest.Length && rest[at] is >= (byte)'A' and <= (byte)'Z' && at < MostLetters)
        {
            column = (column * 26) + rest[at++] - 'A' + 1;
        }
        if (at == 0)
        {
            return 0;
        }
        while (at < rest.Length && rest[at] is >= (byte)'0' and <= (byte)'9')
        {
            at++;
        }
        Column = column - 1;
        return at;
    }

    private int TakeStyle(ReadOnlySpan<byte> rest)
    {
        var (at, style) = (0, 0);
        while (at < rest.Length && rest[at] is >= (byte)'0' and <= (byte)'9' && at < MostStyleDigits)
        {
            style = (style * 10) + rest[at++] - '0';
        }
        Style = style;
        return at;
    }

    private int TakeType(ReadOnlySpan<byte> rest)
    {
        var at = 0;
        while (at < rest.Length && rest[at] is >= (byte)'a' and <= (byte)'z')
        {
            at++;
        }
        Type = TypeOf(rest[..at]);
        return at;
    }
}
