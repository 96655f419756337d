using System.Buffers.Text;

namespace PyAirtable.Hosting.Serving;

/// <summary>Random UUIDs (version 4, RFC 9562) for ids that nobody has to keep secret: made without asking the kernel, which costs more
/// than all else of a request's head.</summary>
public static class RandomIds
{
    /// <summary>Bytes of an id in text.</summary>
    public const int Length = 36;

    /// <summary>A new one.</summary>
    public static Guid New()
    {
        Span<byte> bytes = stackalloc byte[16];
        Random.Shared.NextBytes(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>Writes a new one in text.</summary>
    public static void Write(Span<byte> text) => Utf8Formatter.TryFormat(New(), text, out _);
}
