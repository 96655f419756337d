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

    /// <summary>Its type; empty for a number.</summary>
    public ReadOnlySpan<byte> Type { get; private set; }

    /// <summary>Its value as written.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>Bytes of it all.</summary>
    public int Length { get; private set; }

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
            var start = at + sizeof(uint);
            var end = xml[at + 1] switch
            {
                (byte)'r' => cell.TakeReference(xml, start),
                (byte)'s' => cell.TakeStyle(xml, start),
                (byte)'t' => cell.TakeType(xml, start),
                _ => start,
            };
            if (end == start || end >= xml.Length || xml[end] != '"')
            {
                return false;
            }
            at = end + 1;
        }
        if (!xml[at..].StartsWith(Middle))
        {
            return false;
        }
        at += Middle.Length;
        var value = at;
        while (at < xml.Length && xml[at] != '<')
        {
            at++;
        }
        if (!xml[at..].StartsWith(End))
        {
            return false;
        }
        cell.Value = xml[value..at];
        cell.Length = at + End.Length;
        return true;
    }

    // Each gives where the value ends, or its start for one of another form.
    private int TakeReference(ReadOnlySpan<byte> xml, int start)
    {
        var (at, column) = (start, 0);
        while (at < xml.Length && xml[at] is >= (byte)'A' and <= (byte)'Z' && at - start < MostLetters)
        {
            column = (column * 26) + xml[at++] - 'A' + 1;
        }
        if (at == start)
        {
            return start;
        }
        while (at < xml.Length && xml[at] is >= (byte)'0' and <= (byte)'9')
        {
            at++;
        }
        Column = column - 1;
        return at;
    }

    private int TakeStyle(ReadOnlySpan<byte> xml, int start)
    {
        var (at, style) = (start, 0);
        while (at < xml.Length && xml[at] is >= (byte)'0' and <= (byte)'9' && at - start < MostStyleDigits)
        {
            style = (style * 10) + xml[at++] - '0';
        }
        Style = style;
        return at;
    }

    private int TakeType(ReadOnlySpan<byte> xml, int start)
    {
        var at = start;
        while (at < xml.Length && xml[at] is >= (byte)'a' and <= (byte)'z')
        {
            at++;
        }
        Type = xml[start..at];
        return at;
    }
}
