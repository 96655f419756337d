using System.Collections;

namespace PyAirtable.Automation.TextExtraction.CompoundFiles;

/// <summary>Follows the chains of an allocation table ([MS-CFB] 2.3): each entry names the next sector.</summary>
/// <param name="next">The allocation table.</param>
internal sealed class SectorChain(uint[] next)
{
    private const uint EndOfChain = 0xFFFFFFFE;

    /// <summary>The sectors from <paramref name="first"/> on, in order; at most <paramref name="most"/> of them.</summary>
    /// <exception cref="InvalidDataException">The chain leaves the table or comes back to where it was.</exception>
    public List<uint> Follow(uint first, long most)
    {
        var sectors = new List<uint>();
        var seen = new BitArray(next.Length);
        for (var sector = first; sector != EndOfChain && sectors.Count < most; sector = next[sector])
        {
            if (sector >= next.Length || seen[(int)sector])
            {
                throw new InvalidDataException("a chain of sectors is broken");
            }
            seen[(int)sector] = true;
            sectors.Add(sector);
        }
        return sectors;
    }
}
