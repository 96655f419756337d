using PyAirtable.Automation.TextExtraction.Packages;

namespace PyAirtable.Automation.TextExtraction.Documents;

/// <summary>DOCX: the body's paragraphs, then its tables (automation contract 2.6). The metadata says <c>.docx</c> whatever the file is called.</summary>
internal sealed class DocxExtractor : ITextExtractor
{
    public ExtractedText Extract(string path, CancellationToken cancel)
    {
        try
        {
            using var package = ZipPackage.Open(path) ?? throw new InvalidDataException(WordText.NotWord);
            var parts = PackageRelationship.Read(package, "");
            var main = parts.Find(part => part.Type == "officeDocument") ?? throw new InvalidDataException("the archive holds no document");
            using var xml = package.Scan(main.Target) ?? throw new InvalidDataException("the archive holds no document");
            var document = DocumentText.Read(xml, cancel);
            var properties = CoreProperties.Read(package, parts.Find(part => part.Type == "core-properties")?.Target);
            return WordText.Of(document.Text, document.ParagraphCount, document.TableCount, properties.Title, properties.Author);
        }
        catch (Exception e) when (e is InvalidDataException or ExtractionLimitException)
        {
            return WordText.Failed(e.Message);
        }
    }
}
