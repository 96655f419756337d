namespace PyAirtable.Automation.TextExtraction.Workbooks;

/// <summary>
/// A cell as Excel writes nearly all of them, <c>&lt;c r="B2" s="1" t="s"&gt;&lt;v&gt;3&lt;/v&gt;&lt;/c&gt;</c>, found without reading its
/// parts as tokens, which takes several times as long. Every other one is read as XML is.
/// </summary>
internal ref struct PlainCell
{
    private static ReadOnlySpan<byte> Start => "<c "u8;

    private static ReadOnlySpan<byte> Middle => "><v>"u8;

    private static ReadOnlySpan<byte> End => "</v></c>"u8;

    /// <summary>Its place, such as <c>B2</c>; empty where the file does not say.</summary>
    public ReadOnlySpan<byte> Reference { get; private set; }

    /// <summary>Its style's number; empty for none.</summary>
    public ReadOnlySpan<byte> Style { get; private set; }

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
        if (!xml.StartsWith(Start))
        {
            return false;
        }
        var at = Start.Length - 1;
        while (at < xml.Length && xml[at] == ' ')
        {
            var length = cell.TakeAttribute(xml[(at + 1)..]);
            if (length == 0)
            {
                return false;
            }
            at += 1 + length;
        }
        if (!xml[at..].StartsWith(Middle))
        {
            return false;
        }
        at += Middle.Length;
        var value = xml[at..].IndexOf((byte)'<');
        if (value < 0 || !xml[(at + value)..].StartsWith(End))
        {
            return false;
        }
        cell.Value = xml.Slice(at, value);
        cell.Length = at + value + End.Length;
        return true;
    }

    // One letter, an equals sign, and a value in quotes; gives its length, 0 for any other.
    private int TakeAttribute(ReadOnlySpan<byte> xml)
    {
        const int BeforeValue = 3;
        if (xml.Length < BeforeValue || xml[1] != '=' || xml[2] != '"')
        {
            return 0;
        }
        var end = BeforeValue;
        while (end < xml.Length && xml[end] is not ((byte)'"' or (byte)'<'))
        {
            end++;
        }
        if (end == xml.Length || xml[end] != '"')
        {
            return 0;
        }
        var value = xml[BeforeValue..end];
        switch (xml[0])
        {
            case (byte)'r':
                Reference = value;
                break;
            case (byte)'s':
                Style = value;
                break;
            case (byte)'t':
                Type = value;
                break;
            default:
                return 0;
        }
        return end + 1;
    }
}
