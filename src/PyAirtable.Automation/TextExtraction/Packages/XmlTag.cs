using System.Numerics;
using System.Runtime.Intrinsics;

namespace PyAirtable.Automation.TextExtraction.Packages;

/// <summary>Finds where a tag ends in one pass, of vectors: tags are most of what there is in an office document's XML.</summary>
internal static class XmlTag
{
    /// <summary>Where the first <c>&gt;</c> is, if it stands behind pairs of double quotes and no single one, as nearly all do; else, and near the end of the bytes, -1.</summary>
    public static int FindPlainEnd(ReadOnlySpan<byte> tag)
    {
        var quotes = 0;
        for (var at = 0; at <= tag.Length - Vector128<byte>.Count; at += Vector128<byte>.Count)
        {
            var block = Vector128.Create(tag[at..]);
            var ends = PlacesOf((byte)'>', block);
            // Bits of all that stands before the first end.
            var before = (ends & (~ends + 1)) - 1;
            if ((PlacesOf((byte)'\'', block) & before) != 0)
            {
                return -1;
            }
            quotes += BitOperations.PopCount(PlacesOf((byte)'"', block) & before);
            if (ends != 0)
            {
                return int.IsEvenInteger(quotes) ? at + BitOperations.TrailingZeroCount(ends) : -1;
            }
        }
        return -1;
    }

    private static uint PlacesOf(byte wanted, Vector128<byte> block) => Vector128.Equals(block, Vector128.Create(wanted)).ExtractMostSignificantBits();
}
