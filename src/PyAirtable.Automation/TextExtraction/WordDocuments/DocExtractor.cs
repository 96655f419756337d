using PyAirtable.Automation.TextExtraction.CompoundFiles;

namespace PyAirtable.Automation.TextExtraction.WordDocuments;

/// <summary>DOC: documents of Word 97 to 2003 (automation contract 2.6).</summary>
internal sealed class DocExtractor : ITextExtractor
{
    private static readonly ExtractedText Failed = new("", """{"file_type":".docx"}""", "DOCX extraction failed: Package not found");

    public ExtractedText Extract(string path, CancellationToken cancel)
    {
        try
        {
            using var file = CompoundFile.Open(path);
            if (file is null)
            {
                return Failed;
            }
            var text = MainText.Read(new WordFile(file), cancel);
            var summary = SummaryInformation.Read(file);
            return text.Complete(summary.Title, summary.Author);
        }
        catch (InvalidDataException)
        {
            return Failed;
        }
    }
}
