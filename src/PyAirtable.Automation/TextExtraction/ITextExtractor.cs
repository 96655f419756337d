namespace PyAirtable.Automation.TextExtraction;

/// <summary>Extracts the text of one type of file. It works on its caller's thread and looks at the token every so often.</summary>
internal interface ITextExtractor
{
    /// <summary>Reads the file; a file that it cannot read gives an error in the result.</summary>
    /// <exception cref="ExtractionLimitException">The file goes beyond one of the <see cref="ExtractionLimits"/>.</exception>
    ExtractedText Extract(string path, CancellationToken cancel);
}
