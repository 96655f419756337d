using PyAirtable.Automation.TextExtraction.CompoundFiles;

namespace PyAirtable.Automation.TextExtraction.WordDocuments;

/// <summary>DOC: documents of Word 97 to 2003 (automation contract 2.6).</summary>
internal sealed class DocExtractor : ITextExtractor
{
    public ExtractedText Extract(string path, CancellationToken cancel)
    {
        try
        {
            using var file = CompoundFile.Open(path);
            if (file is null)
            {
                return WordText.Failed(WordText.NotWord);
            }
            var text = MainText.Read(new WordFile(file), cancel);
            var summary = SummaryInformation.Read(file);
            return text.Complete(summary.Title, summary.Author);
        }
        catch (InvalidDataException)
        {
            return WordText.Failed(WordText.NotWord);
        }
    }
}
