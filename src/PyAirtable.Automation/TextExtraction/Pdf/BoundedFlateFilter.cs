using System.IO.Compression;
using System.Runtime.InteropServices;
using UglyToad.PdfPig.Filters;
using UglyToad.PdfPig.Tokens;

namespace PyAirtable.Automation.TextExtraction.Pdf;

/// <summary>Unpacks streams, but none that would fill the memory: a thousandth of what it unpacks to is enough to say it.</summary>
internal sealed class BoundedFlateFilter(CancellationToken cancel) : IFilter
{
    /// <summary>Bytes that a stream may unpack to. Pages of text have kilobytes, maps that are drawn by a page some megabytes.</summary>
    private const int MaxUnpackedBytes = 64 * 1024 * 1024;

    // The most that the method can save, RFC 1951: 258 bytes for two bits.
    private const int MostExpansion = 1032;
    private const int HeaderSize = 2;

    private readonly FlateFilter _filter = new();

    public bool IsSupported => true;

    /// <exception cref="InvalidDataException">It would be too much.</exception>
    public Memory<byte> Decode(Memory<byte> input, DictionaryToken streamDictionary, IFilterProvider filterProvider, int filterIndex)
    {
        cancel.ThrowIfCancellationRequested();
        if (input.Length > MaxUnpackedBytes / MostExpansion && IsTooMuch(input[HeaderSize..]))
        {
            throw new InvalidDataException("a stream unpacks to too much");
        }
        return _filter.Decode(input, streamDictionary, filterProvider, filterIndex);
    }

    private bool IsTooMuch(Memory<byte> packed)
    {
        if (!MemoryMarshal.TryGetArray<byte>(packed, out var bytes))
        {
            bytes = packed.ToArray();
        }
        using var inflate = new DeflateStream(new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count), CompressionMode.Decompress);
        var buffer = new byte[64 * 1024];
        var unpacked = 0;
        try
        {
            while (unpacked <= MaxUnpackedBytes && inflate.Read(buffer) is > 0 and var read)
            {
                cancel.ThrowIfCancellationRequested();
                unpacked += read;
            }
        }
        catch (InvalidDataException)
        {
            // Damaged: what comes before is read.
        }
        return unpacked > MaxUnpackedBytes;
    }
}
