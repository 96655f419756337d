using System.Buffers.Binary;

namespace PyAirtable.Automation.TextExtraction.CompoundFiles;

/// <summary>Little-endian numbers of a structure, by their place in it. A place outside of it means that the file is damaged.</summary>
internal readonly ref struct BinaryFields(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>Bytes of the structure.</summary>
    public int Length => _bytes.Length;

    public byte Byte(long at) => Slice(at, 1)[0];

    public ushort UInt16(long at) => BinaryPrimitives.ReadUInt16LittleEndian(Slice(at, 2));

    public int Int32(long at) => BinaryPrimitives.ReadInt32LittleEndian(Slice(at, 4));

    public uint UInt32(long at) => BinaryPrimitives.ReadUInt32LittleEndian(Slice(at, 4));

    public double Double(long at) => BinaryPrimitives.ReadDoubleLittleEndian(Slice(at, 8));

    /// <exception cref="InvalidDataException">It is not all there.</exception>
    public ReadOnlySpan<byte> Slice(long at, long length) => at >= 0 && length >= 0 && at <= _bytes.Length - length
        ? _bytes.Slice((int)at, (int)length)
        : throw new InvalidDataException("a structure ends too early");
}
