using System.Runtime.InteropServices;

namespace PyAirtable.Automation.TextExtraction.Sheets;

/// <summary>The text of a workbook's sheets, made as it is asked for: padded as it is, it can take several times the memory of its cells.</summary>
internal sealed record WorkbookText : ExtractedText
{
    /// <summary>Between two sheets.</summary>
    public const string Gap = "\n\n";

    private readonly List<SheetTable> _tables;

    /// <summary>Puts sheets together.</summary>
    /// <param name="tables">The sheets.</param>
    /// <param name="length">UTF-16 units of them all, with what is between them.</param>
    /// <param name="metadata">What is said of them, a compact JSON object.</param>
    public WorkbookText(List<SheetTable> tables, int length, string metadata)
        : base("", metadata) => (_tables, Length) = (tables, length);

    public override int Length { get; }

    public override string Content => string.Create(Length, _tables, static (text, tables) =>
    {
        foreach (var table in tables)
        {
            text = text[table.Write(text)..];
            if (!text.IsEmpty)
            {
                Gap.CopyTo(text);
                text = text[Gap.Length..];
            }
        }
    });

    public override void WriteContent(Stream stream)
    {
        var units = GC.AllocateUninitializedArray<char>((int)_tables.Max(static table => table.Length));
        foreach (var table in _tables)
        {
            if (table != _tables[0])
            {
                stream.Write(MemoryMarshal.AsBytes(Gap.AsSpan()));
            }
            stream.Write(MemoryMarshal.AsBytes(units.AsSpan(0, table.Write(units))));
        }
    }
}
