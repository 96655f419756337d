namespace PyAirtable.Automation.TextExtraction;

/// <summary>A file has more text than an extraction may keep.</summary>
internal sealed class ExtractionLimitException() : Exception($"more than {ExtractionLimits.MaxCharacters} characters of text");
