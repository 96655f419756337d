using System.Text;

namespace PyAirtable.Automation.TextExtraction.Spreadsheets;

/// <summary>
/// Reads text that may go on in the records that continue the one it began in ([MS-XLS] 2.5.293). Where characters go on, a byte says
/// anew whether they are wide.
/// </summary>
/// <param name="records">The records; the last one read is where it begins.</param>
/// <param name="at">Where in it.</param>
internal sealed class BiffText(BiffRecords records, int at)
{
    private const int Wide = 1;
    private const int Phonetic = 4;
    private const int Rich = 8;

    private readonly StringBuilder _text = new();
    private int _at = at;

    /// <summary>True while the text or a record that continues it has more.</summary>
    public bool HasMore => _at < records.Fields.Length || records.PeekId() == BiffRecordId.Continue;

    public uint UInt32() => UInt16() | ((uint)UInt16() << 16);

    public ushort UInt16() => (ushort)(Byte() | (Byte() << 8));

    public byte Byte()
    {
        Continue();
        return records.Fields.Byte(_at++);
    }

    /// <summary>A string: flags, what the flags announce, the characters, and the formats, which are left out.</summary>
    /// <param name="length">UTF-16 units of it.</param>
    public string String(int length)
    {
        var flags = Byte();
        var runs = (flags & Rich) != 0 ? UInt16() : 0;
        var phonetic = (flags & Phonetic) != 0 ? UInt32() : 0;
        Characters(length, flags);
        Skip((4L * runs) + phonetic);
        var text = StorableText.Of(_text.ToString());
        _text.Clear();
        return text;
    }

    private void Characters(int length, int flags)
    {
        while (length > 0)
        {
            if (_at >= records.Fields.Length)
            {
                flags = Byte();
            }
            var wide = (flags & Wide) != 0;
            var size = wide ? 2 : 1;
            // At least one, so that half a character is an error and not a loop.
            var here = Math.Max(1, Math.Min(length, (records.Fields.Length - _at) / size));
            var bytes = records.Fields.Slice(_at, here * size);
            _text.Append((wide ? Encoding.Unicode : Encoding.Latin1).GetString(bytes));
            _at += bytes.Length;
            length -= here;
        }
    }

    private void Skip(long bytes)
    {
        while (bytes > 0)
        {
            Continue();
            var here = Math.Min(bytes, records.Fields.Length - _at);
            _at += (int)here;
            bytes -= here;
        }
    }

    private void Continue()
    {
        while (_at >= records.Fields.Length)
        {
            if (records.PeekId() != BiffRecordId.Continue || !records.Read())
            {
                throw new InvalidDataException("a text ends too early");
            }
            _at = 0;
        }
    }
}
