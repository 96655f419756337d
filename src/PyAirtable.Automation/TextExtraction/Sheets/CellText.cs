namespace PyAirtable.Automation.TextExtraction.Sheets;

/// <summary>
/// Where a text stands in <see cref="CellTexts"/>, and what is asked of each: texts lie anywhere in memory, and most questions need not go
/// there. It fits into 64 bits.
/// </summary>
/// <param name="Bits">From the lowest: three flags, 28 bits of the length, 17 of the start, 16 of the block.</param>
internal readonly record struct CellText(long Bits)
{
    private const int MissingFlag = 1;
    private const int AsciiFlag = 2;
    private const int BreakFlag = 4;
    private const int LengthAt = 3;
    private const int StartAt = 31;
    private const int BlockAt = 48;

    /// <summary>Puts one together.</summary>
    public CellText(int block, int start, int length, bool isMissing, bool isAscii, bool hasBreak)
        : this(((long)block << BlockAt) | ((long)start << StartAt) | ((long)length << LengthAt) | (isMissing ? MissingFlag : 0L) | (isAscii ? AsciiFlag : 0L) | (hasBreak ? BreakFlag : 0L))
    {
    }

    /// <summary>True when pandas takes it for missing.</summary>
    public bool IsMissing => (Bits & MissingFlag) != 0;

    /// <summary>True when each of its characters is a byte.</summary>
    public bool IsAscii => (Bits & AsciiFlag) != 0;

    /// <summary>True when it has a line end or a tab, which are not printed as such.</summary>
    public bool HasBreak => (Bits & BreakFlag) != 0;

    /// <summary>Bytes of it.</summary>
    public int Length => (int)(Bits >> LengthAt) & ((1 << (StartAt - LengthAt)) - 1);

    /// <summary>Where it begins in its block.</summary>
    public int Start => (int)(Bits >> StartAt) & ((1 << (BlockAt - StartAt)) - 1);

    /// <summary>Its block.</summary>
    public int Block => (int)((ulong)Bits >> BlockAt);

    /// <summary>UTF-16 units that it has at least: exactly, of a text in ASCII.</summary>
    public int LeastUnits => IsAscii ? Length : Length / 3;
}
