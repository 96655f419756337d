using System.Runtime.InteropServices;

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

    /// <summary>Writes the text's UTF-16 units, least significant byte first.</summary>
    public virtual void WriteContent(Stream stream) => stream.Write(MemoryMarshal.AsBytes(Content.AsSpan()));
}
