using System.Buffers.Binary;
using PyAirtable.Automation.TextExtraction.CompoundFiles;

namespace PyAirtable.Automation.TextExtraction.Spreadsheets;

/// <summary>The records of a workbook's stream one after the other ([MS-XLS] 2.1.4): number, length, content.</summary>
internal sealed class BiffRecords(byte[] stream, int start)
{
    private const int HeaderSize = 4;
    private int _next = start;
    private int _content;

    /// <summary>The record's number.</summary>
    public int Id { get; private set; } = -1;

    /// <summary>The record's content.</summary>
    public BinaryFields Fields => new(stream.AsSpan(_content.._next));

    /// <summary>Goes to the next record; false at the end of the stream.</summary>
    /// <exception cref="InvalidDataException">The record is longer than what is left.</exception>
    public bool Read()
    {
        if (PeekId() < 0)
        {
            return false;
        }
        Id = PeekId();
        var length = BinaryPrimitives.ReadUInt16LittleEndian(stream.AsSpan(_next + 2));
        _content = _next + HeaderSize;
        if (length > stream.Length - _content)
        {
            throw new InvalidDataException("the workbook ends inside a record");
        }
        _next = _content + length;
        return true;
    }

    /// <summary>Number of the record that follows; -1 at the end.</summary>
    public int PeekId() => _next >= 0 && _next <= stream.Length - HeaderSize ? BinaryPrimitives.ReadUInt16LittleEndian(stream.AsSpan(_next)) : -1;
}
