using System.Buffers.Binary;
using System.IO.Compression;
using Microsoft.Win32.SafeHandles;

namespace PyAirtable.Automation.TextExtraction.Packages;

/// <summary>An office document's archive, opened for reading. What is unpacked from it counts against one budget.</summary>
internal sealed class ZipPackage : IDisposable
{
    private readonly string _path;
    private readonly SafeFileHandle _file;
    private readonly Dictionary<string, ZipEntry> _entries;
    private readonly UnpackBudget _budget = new();

    private ZipPackage(string path, SafeFileHandle file, Dictionary<string, ZipEntry> entries) => (_path, _file, _entries) = (path, file, entries);

    /// <summary>Opens it and reads its directory; null when the file is no archive.</summary>
    /// <exception cref="InvalidDataException">The archive is damaged.</exception>
    /// <exception cref="ExtractionLimitException">It has too many parts.</exception>
    public static ZipPackage? Open(string path)
    {
        var file = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
        Dictionary<string, ZipEntry>? entries = null;
        try
        {
            entries = ZipDirectory.Read(file);
            return entries is null ? null : new ZipPackage(path, file, entries);
        }
        finally
        {
            if (entries is null)
            {
                file.Dispose();
            }
        }
    }

    /// <summary>A reader of a part's XML; null when there is no such part.</summary>
    public XmlScanner? Scan(string name) => OpenPart(name) is { } stream ? new XmlScanner(stream) : null;

    public void Dispose() => _file.Dispose();

    private PartStream? OpenPart(string name)
    {
        if (!_entries.TryGetValue(name, out var entry))
        {
            return null;
        }
        if (entry.IsEncrypted)
        {
            throw new InvalidDataException("the archive is encrypted");
        }
        var header = ZipDirectory.Bytes(_file, entry.Offset, ZipEntry.HeaderLength);
        if (BinaryPrimitives.ReadUInt32LittleEndian(header) != 0x04034b50)
        {
            throw ZipDirectory.Damaged();
        }
        var data = entry.Offset + ZipEntry.HeaderLength + BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(26)) + BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(28));
        var packed = new FileStream(_path, new FileStreamOptions { Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0 }) { Position = data };
        return entry.Method switch
        {
            0 => new PartStream(packed, entry, _budget),
            8 => new PartStream(new DeflateStream(packed, CompressionMode.Decompress), entry, _budget),
            _ => throw new InvalidDataException("the archive is compressed in a way that is not supported"),
        };
    }
}
