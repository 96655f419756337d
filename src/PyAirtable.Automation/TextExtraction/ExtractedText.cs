using System.Text;

namespace PyAirtable.Automation.TextExtraction;

/// <summary>What an extractor made of a file.</summary>
/// <param name="Content">The text; empty when there is an error.</param>
/// <param name="Metadata">What it found, a compact JSON object.</param>
/// <param name="Error">Why there is no text; null when there is.</param>
internal record ExtractedText(string Content, string Metadata, string? Error = null)
{
    /// <summary>The text; empty when there is an error.</summary>
    public virtual string Content { get; } = Content;

    /// <summary>UTF-16 units of the text.</summary>
    public virtual int Length => Content.Length;

    /// <summary>Bytes of the text in UTF-8.</summary>
    public virtual int ByteLength => Encoding.UTF8.GetByteCount(Content);

    /// <summary>Writes the text in UTF-8.</summary>
    public virtual void WriteContent(Stream stream)
    {
        using var writer = new StreamWriter(stream, leaveOpen: true);
        writer.Write(Content);
    }
}
