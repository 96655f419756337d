using System.Text;

namespace PyAirtable.Automation.TextExtraction.CompoundFiles;

/// <summary>A name in a compound file ([MS-CFB] 2.6).</summary>
/// <param name="Name">The name.</param>
/// <param name="IsStream">True for a stream, false for a folder and for what is free.</param>
/// <param name="Left">Entry that stands before it in the tree of its folder.</param>
/// <param name="Right">Entry that stands after it.</param>
/// <param name="Child">A folder's first entry.</param>
/// <param name="FirstSector">Where the stream begins.</param>
/// <param name="Size">Bytes of the stream.</param>
internal sealed record DirectoryEntry(string Name, bool IsStream, uint Left, uint Right, uint Child, uint FirstSector, uint Size)
{
    private const int EntrySize = 128;
    private const int LongestName = 64;
    private const byte StreamKind = 2;

    /// <summary>All entries of the directory, the root first. Sizes of more than 4 GB are cut, which the reader refuses anyway.</summary>
    public static List<DirectoryEntry> Parse(ReadOnlySpan<byte> directory)
    {
        var entries = new List<DirectoryEntry>();
        for (; directory.Length >= EntrySize; directory = directory[EntrySize..])
        {
            var entry = new BinaryFields(directory[..EntrySize]);
            var nameLength = Math.Clamp(entry.UInt16(64) - 2, 0, LongestName);
            entries.Add(new(
                Encoding.Unicode.GetString(directory[..nameLength]),
                entry.Byte(66) == StreamKind,
                entry.UInt32(68),
                entry.UInt32(72),
                entry.UInt32(76),
                entry.UInt32(116),
                entry.UInt32(120)));
        }
        return entries;
    }

    /// <summary>The streams that lie directly in a folder. Each entry is visited once, whatever the links between them say.</summary>
    public static Dictionary<string, DirectoryEntry> StreamsBelow(DirectoryEntry folder, List<DirectoryEntry> entries)
    {
        var streams = new Dictionary<string, DirectoryEntry>(StringComparer.OrdinalIgnoreCase);
        var seen = new HashSet<uint>();
        var open = new Stack<uint>([folder.Child]);
        while (open.TryPop(out var id))
        {
            if (id < entries.Count && seen.Add(id))
            {
                var entry = entries[(int)id];
                if (entry.IsStream)
                {
                    streams.TryAdd(entry.Name, entry);
                }
                open.Push(entry.Left);
                open.Push(entry.Right);
            }
        }
        return streams;
    }
}
