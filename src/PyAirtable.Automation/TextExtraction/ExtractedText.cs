namespace PyAirtable.Automation.TextExtraction;

/// <summary>What an extractor made of a file.</summary>
/// <param name="Content">The text; empty when there is an error.</param>
/// <param name="Metadata">What it found, a compact JSON object.</param>
/// <param name="Error">Why there is no text; null when there is.</param>
internal sealed record ExtractedText(string Content, string Metadata, string? Error = null);
