using PyAirtable.Automation.Replies;
using PyAirtable.Automation.TextExtraction.Packages;

namespace PyAirtable.Automation.TextExtraction.Documents;

/// <summary>DOCX: the body's paragraphs, then its tables (automation contract 2.6). The metadata says <c>.docx</c> whatever the file is called.</summary>
internal sealed class DocxExtractor : ITextExtractor
{
    public ExtractedText Extract(string path, CancellationToken cancel)
    {
        try
        {
            using var package = ZipPackage.Open(path) ?? throw new InvalidDataException("Package not found");
            var parts = PackageRelationship.Read(package, "");
            var main = parts.Find(part => part.Type == "officeDocument") ?? throw new InvalidDataException("the archive holds no document");
            using var xml = package.Scan(main.Target) ?? throw new InvalidDataException("the archive holds no document");
            var document = DocumentText.Read(xml, cancel);
            return Describe(document, CoreProperties.Read(package, parts.Find(part => part.Type == "core-properties")?.Target));
        }
        catch (Exception e) when (e is InvalidDataException or ExtractionLimitException)
        {
            return new("", """{"file_type":".docx"}""", "DOCX extraction failed: " + e.Message);
        }
    }

    private static ExtractedText Describe(DocumentText document, CoreProperties properties) => new(
        document.Text.Trim(),
        JsonReply.Text((document, properties), static (json, found) =>
        {
            json.WriteString("file_type"u8, ".docx"u8);
            json.WriteNumber("paragraph_count"u8, found.document.ParagraphCount);
            json.WriteNumber("table_count"u8, found.document.TableCount);
            json.WriteNumber("character_count"u8, TextDecoding.CodePoints(found.document.Text));
            if (found.properties.Title.Length > 0)
            {
                json.WriteString("title"u8, found.properties.Title);
            }
            if (found.properties.Author.Length > 0)
            {
                json.WriteString("author"u8, found.properties.Author);
            }
        }));
}
