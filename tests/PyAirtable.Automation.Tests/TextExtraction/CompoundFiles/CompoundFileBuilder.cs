using System.Buffers.Binary;
using System.Text;

namespace PyAirtable.Automation.Tests.TextExtraction.CompoundFiles;

/// <summary>Writes compound files ([MS-CFB], version 3): streams in the root, small ones in the stream of small ones.</summary>
internal static class CompoundFileBuilder
{
    private const int SectorSize = 512;
    private const int SmallSectorSize = 64;
    private const int SmallLimit = 4096;
    private const uint End = 0xFFFFFFFE;
    private const uint Free = 0xFFFFFFFF;

    public static byte[] Build(params (string Name, byte[] Content)[] streams)
    {
        var sectors = new List<byte>();
        var table = new List<uint>();
        var small = new List<byte>();
        var smallTable = new List<uint>();
        var places = streams.Select(stream => stream.Content.Length < SmallLimit
            ? Append(stream.Content, SmallSectorSize, small, smallTable)
            : Append(stream.Content, SectorSize, sectors, table)).ToArray();
        var smallPlace = Append([.. small], SectorSize, sectors, table);
        var smallTablePlace = Append([.. smallTable.SelectMany(BitConverter.GetBytes)], SectorSize, sectors, table);
        var directory = Entry("Root Entry", 5, 1, Free, smallPlace, small.Count)
            .Concat(streams.SelectMany((stream, i) => Entry(stream.Name, 2, Free, i + 1 < streams.Length ? (uint)i + 2 : Free, places[i], stream.Content.Length)));
        var directoryPlace = Append([.. directory], SectorSize, sectors, table);
        var tablePlace = (uint)table.Count;
        var tableSectors = 0;
        while (tableSectors * (SectorSize / 4) < table.Count + tableSectors)
        {
            tableSectors++;
        }
        table.AddRange(Enumerable.Repeat(0xFFFFFFFDu, tableSectors));
        table.AddRange(Enumerable.Repeat(Free, (tableSectors * (SectorSize / 4)) - table.Count));
        sectors.AddRange(table.SelectMany(BitConverter.GetBytes));

        var header = new byte[SectorSize];
        new byte[] { 0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1 }.CopyTo(header, 0);
        Put16(header, 24, 0x3E, 3, 0xFFFE, 9, 6);
        Put32(header, 44, (uint)tableSectors, directoryPlace, 0, SmallLimit, smallTablePlace, 1, End, 0);
        Put32(header, 76, [.. Enumerable.Range(0, 109).Select(i => i < tableSectors ? tablePlace + (uint)i : Free)]);
        return [.. header, .. sectors];
    }

    public static void Put16(byte[] bytes, int at, params ReadOnlySpan<ushort> values)
    {
        foreach (var value in values)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(at), value);
            at += 2;
        }
    }

    public static void Put32(byte[] bytes, int at, params ReadOnlySpan<uint> values)
    {
        foreach (var value in values)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), value);
            at += 4;
        }
    }

    private static uint Append(byte[] content, int size, List<byte> sectors, List<uint> table)
    {
        var first = (uint)table.Count;
        for (var at = 0; at < content.Length; at += size)
        {
            var part = content.AsSpan(at, Math.Min(size, content.Length - at));
            sectors.AddRange(part);
            sectors.AddRange(new byte[size - part.Length]);
            table.Add(at + size < content.Length ? (uint)table.Count + 1 : End);
        }
        return content.Length == 0 ? End : first;
    }

    private static byte[] Entry(string name, byte kind, uint child, uint right, uint place, int size)
    {
        var entry = new byte[128];
        Encoding.Unicode.GetBytes(name).CopyTo(entry, 0);
        Put16(entry, 64, (ushort)(2 * (name.Length + 1)));
        entry[66] = kind;
        Put32(entry, 68, Free, right, child);
        Put32(entry, 116, place, (uint)size);
        return entry;
    }
}
