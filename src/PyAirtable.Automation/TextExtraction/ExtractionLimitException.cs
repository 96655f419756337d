namespace PyAirtable.Automation.TextExtraction;

/// <summary>A file goes beyond one of the <see cref="ExtractionLimits"/>.</summary>
/// <param name="limit">What it has too much of; shown to clients.</param>
internal sealed class ExtractionLimitException(string limit = ExtractionLimits.TooMuchText) : Exception(limit);
