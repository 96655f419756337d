using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace PyAirtable.Automation.TextExtraction.Isolation;

/// <summary>
/// A result on its way from the child to its parent: error, metadata and content, each as its length in UTF-16 units (4 bytes, least
/// significant first, -1 for none), its length in bytes, and itself in UTF-8, which is half of what goes through the pipe. Lengths are
/// bounded, and nothing but UTF-8 is taken, since the child may be in the hands of the file's maker.
/// </summary>
internal static class ExtractionFrame
{
    private const int MaxErrorLength = 4096;
    private const int MostBytesPerUnit = 3;
    private const int PieceBytes = 64 * 1024;

    /// <summary>Writes a result.</summary>
    public static void Write(Stream stream, ExtractedText found)
    {
        WriteText(stream, found.Error);
        WriteText(stream, found.Metadata);
        WriteNumber(stream, found.Length);
        WriteNumber(stream, found.ByteLength);
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
        WriteNumber(stream, text?.Length ?? -1);
        if (text is not null)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            WriteNumber(stream, bytes.Length);
            stream.Write(bytes);
        }
    }

    private static void WriteNumber(Stream stream, int number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        stream.Write(bytes);
    }

    private static string? ReadText(Stream stream, int limit)
    {
        var length = ReadNumber(stream);
        if (length < 0)
        {
            return length == -1 ? null : throw new InvalidDataException();
        }
        var bytes = length > limit ? 0 : ReadNumber(stream);
        return length <= limit && bytes >= length && bytes <= (long)length * MostBytesPerUnit
            ? string.Create(length, (stream, bytes), static (units, text) => Decode(text.stream, text.bytes, units))
            : throw new InvalidDataException();
    }

    private static int ReadNumber(Stream stream)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        stream.ReadExactly(bytes);
        return BinaryPrimitives.ReadInt32LittleEndian(bytes);
    }

    // Piece by piece. A character that is cut at a piece's end begins the next one.
    private static void Decode(Stream stream, int length, Span<char> units)
    {
        var piece = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            for (var (have, left) = (0, length); have + left > 0;)
            {
                var take = Math.Min(left, piece.Length - have);
                stream.ReadExactly(piece, have, take);
                (have, left) = (have + take, left - take);
                var status = Utf8.ToUtf16(piece.AsSpan(0, have), units, out var read, out var written, replaceInvalidSequences: false, isFinalBlock: left == 0);
                if (status is not (OperationStatus.Done or OperationStatus.NeedMoreData))
                {
                    throw new InvalidDataException();
                }
                units = units[written..];
                piece.AsSpan(read, have - read).CopyTo(piece);
                have -= read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
        if (!units.IsEmpty)
        {
            throw new InvalidDataException();
        }
    }
}
