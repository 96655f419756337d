using System.Buffers.Binary;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace PyAirtable.Automation.TextExtraction.Packages;

/// <summary>
/// Reads the directory of a ZIP archive (PKWARE's application note, 4.3). Its own reader, since an archive made to be costly shows here:
/// too many entries, and entries that share their bytes, are refused before anything is unpacked.
/// </summary>
internal static class ZipDirectory
{
    private const uint EndSignature = 0x06054b50;
    private const uint WideEndSignature = 0x06064b50;
    private const uint LocatorSignature = 0x07064b50;
    private const uint EntrySignature = 0x02014b50;
    private const int EndLength = 22;
    private const int LocatorLength = 20;
    private const int WideEndLength = 56;
    private const int EntryLength = 46;

    /// <summary>Entries by name, in any case; of two with one name the last counts. Null when the file is no archive.</summary>
    /// <exception cref="InvalidDataException">The archive is damaged.</exception>
    /// <exception cref="ExtractionLimitException">It has too many entries.</exception>
    public static Dictionary<string, ZipEntry>? Read(SafeFileHandle file)
    {
        var length = RandomAccess.GetLength(file);
        var tail = Bytes(file, Math.Max(0, length - EndLength - ushort.MaxValue), Math.Min(length, EndLength + ushort.MaxValue));
        var at = FindEnd(tail);
        if (at < 0)
        {
            return null;
        }
        var end = tail.AsSpan(at);
        long count = BinaryPrimitives.ReadUInt16LittleEndian(end[10..]);
        long size = BinaryPrimitives.ReadUInt32LittleEndian(end[12..]);
        long offset = BinaryPrimitives.ReadUInt32LittleEndian(end[16..]);
        var directoryEnd = length - tail.Length + at;
        if (count == ushort.MaxValue || size == uint.MaxValue || offset == uint.MaxValue)
        {
            (count, size, offset, directoryEnd) = ReadWideEnd(file, directoryEnd) ?? (count, size, offset, directoryEnd);
        }
        if (count > ExtractionLimits.MaxParts || size > ExtractionLimits.MaxDirectoryBytes)
        {
            throw new ExtractionLimitException(ExtractionLimits.TooManyParts);
        }
        // Bytes may stand before the archive proper; offsets do not count them.
        var before = directoryEnd - size - offset;
        if (before < 0)
        {
            throw Damaged();
        }
        return ReadEntries(Bytes(file, before + offset, size), count, before, before + offset);
    }

    public static InvalidDataException Damaged() => new("the archive is damaged");

    public static byte[] Bytes(SafeFileHandle file, long offset, long count)
    {
        var bytes = new byte[count];
        for (var have = 0; have < bytes.Length;)
        {
            var read = RandomAccess.Read(file, bytes.AsSpan(have), offset + have);
            have += read > 0 ? read : throw Damaged();
        }
        return bytes;
    }

    private static int FindEnd(byte[] tail)
    {
        var at = tail.Length - EndLength;
        while (at >= 0 && BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(at)) != EndSignature)
        {
            at--;
        }
        return at;
    }

    private static (long Count, long Size, long Offset, long End)? ReadWideEnd(SafeFileHandle file, long end)
    {
        if (end < LocatorLength + WideEndLength)
        {
            return null;
        }
        var locator = Bytes(file, end - LocatorLength, LocatorLength);
        if (BinaryPrimitives.ReadUInt32LittleEndian(locator) != LocatorSignature)
        {
            return null;
        }
        var at = end - LocatorLength - WideEndLength;
        var wide = Bytes(file, at, WideEndLength);
        var (count, size, offset) = (BinaryPrimitives.ReadInt64LittleEndian(wide.AsSpan(32)), BinaryPrimitives.ReadInt64LittleEndian(wide.AsSpan(40)), BinaryPrimitives.ReadInt64LittleEndian(wide.AsSpan(48)));
        return BinaryPrimitives.ReadUInt32LittleEndian(wide) == WideEndSignature && count >= 0 && size >= 0 && offset >= 0 && offset <= at
            ? (count, size, offset, at)
            : throw Damaged();
    }

    private static Dictionary<string, ZipEntry> ReadEntries(byte[] directory, long count, long before, long directoryStart)
    {
        var entries = new Dictionary<string, ZipEntry>(StringComparer.OrdinalIgnoreCase);
        var all = new ZipEntry[count];
        var rest = directory.AsSpan();
        for (var i = 0; i < all.Length; i++)
        {
            if (rest.Length < EntryLength || BinaryPrimitives.ReadUInt32LittleEndian(rest) != EntrySignature)
            {
                throw Damaged();
            }
            int name = BinaryPrimitives.ReadUInt16LittleEndian(rest[28..]), extra = BinaryPrimitives.ReadUInt16LittleEndian(rest[30..]);
            var whole = EntryLength + name + extra + BinaryPrimitives.ReadUInt16LittleEndian(rest[32..]);
            if (rest.Length < whole)
            {
                throw Damaged();
            }
            var entry = ReadEntry(rest, rest.Slice(EntryLength + name, extra));
            all[i] = entry with { Offset = entry.Offset + before };
            entries[Encoding.UTF8.GetString(rest.Slice(EntryLength, name)).Replace('\\', '/').TrimStart('/')] = all[i];
            rest = rest[whole..];
        }
        RefuseOverlaps(all, directoryStart);
        return entries;
    }

    private static ZipEntry ReadEntry(ReadOnlySpan<byte> record, ReadOnlySpan<byte> extra)
    {
        long packed = BinaryPrimitives.ReadUInt32LittleEndian(record[20..]);
        long unpacked = BinaryPrimitives.ReadUInt32LittleEndian(record[24..]);
        long offset = BinaryPrimitives.ReadUInt32LittleEndian(record[42..]);
        var wide = WideFields(extra);
        unpacked = Widened(unpacked, ref wide);
        packed = Widened(packed, ref wide);
        offset = Widened(offset, ref wide);
        return new(offset, packed, unpacked, BinaryPrimitives.ReadUInt16LittleEndian(record[10..]), (record[8] & 1) != 0);
    }

    // The 64-bit fields stand in the extra field 1, those that are needed, in a fixed order.
    private static ReadOnlySpan<byte> WideFields(ReadOnlySpan<byte> extra)
    {
        while (extra.Length >= 4)
        {
            var length = Math.Min(BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]), extra.Length - 4);
            if (BinaryPrimitives.ReadUInt16LittleEndian(extra) == 1)
            {
                return extra.Slice(4, length);
            }
            extra = extra[(4 + length)..];
        }
        return default;
    }

    private static long Widened(long value, ref ReadOnlySpan<byte> wide)
    {
        if (value != uint.MaxValue || wide.Length < 8)
        {
            return value;
        }
        value = BinaryPrimitives.ReadInt64LittleEndian(wide);
        wide = wide[8..];
        return value is >= 0 and < long.MaxValue / 4 ? value : throw Damaged();
    }

    private static void RefuseOverlaps(ZipEntry[] entries, long directoryStart)
    {
        Array.Sort(entries, static (a, b) => a.Offset.CompareTo(b.Offset));
        for (var i = 0; i < entries.Length; i++)
        {
            if (entries[i].End > (i + 1 < entries.Length ? entries[i + 1].Offset : directoryStart))
            {
                throw new InvalidDataException("files in the archive overlap");
            }
        }
    }
}
