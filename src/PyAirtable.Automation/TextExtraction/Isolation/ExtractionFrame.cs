using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace PyAirtable.Automation.TextExtraction.Isolation;

/// <summary>
/// A result on its way from the child to its parent: error, metadata and content, each as its length in UTF-16 units (4 bytes, least
/// significant first, -1 for none) and those units. Lengths are bounded, since the child may be in the hands of the file's maker.
/// </summary>
internal static class ExtractionFrame
{
    private const int MaxErrorLength = 4096;

    /// <summary>Writes a result.</summary>
    public static void Write(Stream stream, ExtractedText found)
    {
        WriteText(stream, found.Error);
        WriteText(stream, found.Metadata);
        WriteLength(stream, found.Length);
        found.WriteContent(stream);
        stream.Flush();
    }

    /// <summary>Reads a result.</summary>
    /// <exception cref="InvalidDataException">What is written there is none.</exception>
    /// <exception cref="EndOfStreamException">It ends too soon.</exception>
    public static ExtractedText Read(Stream stream)
    {
        var error = ReadText(stream, MaxErrorLength);
        var metadata = ReadText(stream, ExtractionLimits.MaxCharacters) ?? throw new InvalidDataException();
        var content = ReadText(stream, ExtractionLimits.MaxCharacters) ?? throw new InvalidDataException();
        return new(content, metadata, error);
    }

    private static void WriteText(Stream stream, string? text)
    {
        WriteLength(stream, text?.Length ?? -1);
        stream.Write(MemoryMarshal.AsBytes(text.AsSpan()));
    }

    private static void WriteLength(Stream stream, int units)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, units);
        stream.Write(length);
    }

    private static string? ReadText(Stream stream, int limit)
    {
        Span<byte> start = stackalloc byte[sizeof(int)];
        stream.ReadExactly(start);
        var length = BinaryPrimitives.ReadInt32LittleEndian(start);
        if (length < -1 || length > limit)
        {
            throw new InvalidDataException();
        }
        return length < 0 ? null : string.Create(length, stream, static (units, stream) => stream.ReadExactly(MemoryMarshal.AsBytes(units)));
    }
}
