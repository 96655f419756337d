using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace PyAirtable.Automation.TextExtraction.CompoundFiles;

/// <summary>
/// The container of Office documents before 2007, [MS-CFB]: a file system of sectors in a file. Only what lies in its root is read: a
/// document that is embedded in another one is not the document. Nothing is allocated on the word of a length in the file.
/// </summary>
internal sealed class CompoundFile : IDisposable
{
    /// <summary>Bytes of one stream that are read at most.</summary>
    public const int MaxStream = 256 * 1024 * 1024;

    private const int HeaderSize = 512;
    private const int HeaderTableEntries = 109;
    private const int SmallSectorSize = 64;
    private const int SmallStreamLimit = 4096;
    private const uint NoSector = 0xFFFFFFFA;

    private static ReadOnlySpan<byte> Signature => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    private readonly SafeFileHandle _file;
    private readonly int _sectorSize;
    private readonly long _sectorCount;
    private readonly uint _firstSmallTable;
    private readonly SectorChain _chains;
    private readonly Dictionary<string, DirectoryEntry> _streams;
    private readonly DirectoryEntry _root;
    private (byte[] Sectors, SectorChain Chains)? _small;

    private CompoundFile(SafeFileHandle file)
    {
        _file = file;
        var header = new BinaryFields(ReadAt(0, HeaderSize));
        var shift = header.UInt16(30);
        if (!header.Slice(0, 8).SequenceEqual(Signature) || shift is not (9 or 12))
        {
            throw new InvalidDataException("not a compound file");
        }
        _sectorSize = 1 << shift;
        _sectorCount = Math.Max(0, (RandomAccess.GetLength(file) - 1) / _sectorSize);
        _firstSmallTable = header.UInt32(60);
        _chains = new(ReadTable(header));
        var entries = DirectoryEntry.Parse(ReadChain(header.UInt32(48), long.MaxValue));
        _root = entries.Count > 0 ? entries[0] : throw new InvalidDataException("no directory");
        _streams = DirectoryEntry.StreamsBelow(_root, entries);
    }

    /// <summary>Opens a file; null when it is no compound file.</summary>
    /// <exception cref="InvalidDataException">It is one, and damaged.</exception>
    public static CompoundFile? Open(string path)
    {
        var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            Span<byte> start = stackalloc byte[8];
            if (RandomAccess.Read(file, start, 0) == start.Length && start.SequenceEqual(Signature))
            {
                return new(file);
            }
        }
        catch
        {
            file.Dispose();
            throw;
        }
        file.Dispose();
        return null;
    }

    /// <summary>A stream's bytes; null when there is none of that name.</summary>
    /// <exception cref="InvalidDataException">It is damaged or longer than <see cref="MaxStream"/>.</exception>
    public byte[]? Read(string name)
    {
        if (!_streams.TryGetValue(name, out var stream))
        {
            return null;
        }
        return stream.Size < SmallStreamLimit ? ReadSmall(stream) : ReadChain(stream.FirstSector, stream.Size);
    }

    public void Dispose() => _file.Dispose();

    // The table that says which sector follows which: its own sectors are listed in the header and in a chain of further lists.
    private uint[] ReadTable(BinaryFields header)
    {
        var places = new List<uint>();
        for (var i = 0; i < HeaderTableEntries; i++)
        {
            places.Add(header.UInt32(76 + (4 * i)));
        }
        var further = header.UInt32(68);
        while (further < NoSector)
        {
            var list = ReadSector(further);
            if (places.Count > _sectorCount + HeaderTableEntries)
            {
                throw new InvalidDataException("a chain of sectors is broken");
            }
            places.AddRange(MemoryMarshal.Cast<byte, uint>(list.AsSpan(0, list.Length - 4)));
            further = BinaryPrimitives.ReadUInt32LittleEndian(list.AsSpan(list.Length - 4));
        }
        places.RemoveAll(place => place >= NoSector);
        // A table has no more entries than the file has sectors, but for the rest of its last one.
        var needed = (int)Math.Min(places.Count, (_sectorCount / (_sectorSize / 4)) + 1);
        var table = new uint[needed * (_sectorSize / 4)];
        for (var i = 0; i < needed; i++)
        {
            ReadSector(places[i]).CopyTo(MemoryMarshal.AsBytes(table.AsSpan(i * (_sectorSize / 4))));
        }
        return table;
    }

    private byte[] ReadSmall(DirectoryEntry stream)
    {
        _small ??= (
            ReadChain(_root.FirstSector, _root.Size),
            new(MemoryMarshal.Cast<byte, uint>(ReadChain(_firstSmallTable, long.MaxValue)).ToArray()));
        var (sectors, chains) = _small.Value;
        var bytes = new byte[stream.Size];
        var at = 0;
        foreach (var sector in chains.Follow(stream.FirstSector, Sectors(stream.Size, SmallSectorSize)))
        {
            var part = Math.Min(SmallSectorSize, bytes.Length - at);
            new BinaryFields(sectors).Slice((long)sector * SmallSectorSize, part).CopyTo(bytes.AsSpan(at));
            at += part;
        }
        return at == bytes.Length ? bytes : throw new InvalidDataException("a stream ends too early");
    }

    // All of a chain, or as much as the length says.
    private byte[] ReadChain(uint first, long length)
    {
        var whole = length == long.MaxValue;
        var sectors = first >= NoSector ? [] : _chains.Follow(first, whole ? long.MaxValue : Sectors(length, _sectorSize));
        var available = (long)sectors.Count * _sectorSize;
        if (available > MaxStream || (!whole && available < length))
        {
            throw new InvalidDataException("a stream has not the length that it should have");
        }
        var bytes = new byte[whole ? available : length];
        for (var i = 0; i < sectors.Count;)
        {
            // Sectors that follow each other in the file are read at once.
            var run = 1;
            while (i + run < sectors.Count && sectors[i + run] == sectors[i] + run)
            {
                run++;
            }
            var at = i * _sectorSize;
            Fill(bytes.AsSpan(at, Math.Min(run * _sectorSize, bytes.Length - at)), (sectors[i] + 1L) * _sectorSize);
            i += run;
        }
        return bytes;
    }

    private byte[] ReadSector(uint sector) => ReadAt((sector + 1L) * _sectorSize, _sectorSize);

    private byte[] ReadAt(long offset, int length)
    {
        var bytes = new byte[length];
        Fill(bytes, offset);
        return bytes;
    }

    // The last sector may be cut short, as some programs leave it.
    private void Fill(Span<byte> bytes, long offset)
    {
        while (!bytes.IsEmpty && RandomAccess.Read(_file, bytes, offset) is > 0 and var read)
        {
            bytes = bytes[read..];
            offset += read;
        }
        var size = _sectorSize == 0 ? HeaderSize : _sectorSize;
        var begun = offset % size;
        if (!bytes.IsEmpty && (begun == 0 || bytes.Length > size - begun))
        {
            throw new InvalidDataException("a sector is beyond the end of the file");
        }
        bytes.Clear();
    }

    private static long Sectors(long bytes, int size) => (bytes + size - 1) / size;
}
