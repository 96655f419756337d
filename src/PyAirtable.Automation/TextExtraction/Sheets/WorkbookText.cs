using System.Text;

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

    public override int ByteLength => (int)_tables.Sum(static table => table.ByteLength) + ((_tables.Count - 1) * Gap.Length);

    public override string Content
    {
        get
        {
            var text = new MemoryStream(ByteLength);
            WriteContent(text);
            return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
        }
    }

    public override void WriteContent(Stream stream)
    {
        foreach (var table in _tables)
        {
            if (table != _tables[0])
            {
                stream.Write(Encoding.UTF8.GetBytes(Gap));
            }
            table.Write(stream);
        }
    }
}
