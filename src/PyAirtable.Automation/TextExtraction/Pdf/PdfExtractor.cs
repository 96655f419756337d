using System.Globalization;
using System.Text;
using PyAirtable.Automation.Replies;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Exceptions;

namespace PyAirtable.Automation.TextExtraction.Pdf;

/// <summary>PDF: the text of its pages (automation contract 2.6).</summary>
/// <param name="maxPages">Pages that are read; further ones are only counted.</param>
internal sealed class PdfExtractor(int maxPages) : ITextExtractor
{
    private static ReadOnlySpan<byte> EndMarker => "%%EOF"u8;

    public ExtractedText Extract(string path, CancellationToken cancel)
    {
        var bytes = File.ReadAllBytes(path);
        cancel.ThrowIfCancellationRequested();
        if (ReferenceCircle.IsIn(bytes))
        {
            return Failed("an object refers to itself");
        }
        try
        {
            StandardFonts.Name();
            using var document = PdfDocument.Open(bytes, new ParsingOptions { UseLenientParsing = true, SkipMissingFonts = true, FilterProvider = new TextFilters(cancel) });
            document.AddPageFactory<PageText, PageTextFactory>();
            return new(Read(document, cancel), Describe(document));
        }
        catch (PdfDocumentEncryptedException)
        {
            return Failed("File has not been decrypted");
        }
        catch (Exception e) when (IsFault(e))
        {
            return Failed(bytes.AsSpan().IndexOf(EndMarker) < 0 ? "EOF marker not found" : "the document is damaged");
        }
    }

    private string Read(PdfDocument document, CancellationToken cancel)
    {
        var text = new StringBuilder();
        for (var page = 1; page <= Math.Min(document.NumberOfPages, maxPages); page++)
        {
            cancel.ThrowIfCancellationRequested();
            try
            {
                var content = document.GetPage<PageText>(page).ToString();
                text.Append(CultureInfo.InvariantCulture, $"\n--- Page {page} ---\n{content}\n");
            }
            catch (Exception e) when (IsFault(e))
            {
                // A page that cannot be read is left out.
            }
            if (text.Length > ExtractionLimits.MaxCharacters)
            {
                throw new ExtractionLimitException();
            }
        }
        return text.ToString().Trim();
    }

    private static string Describe(PdfDocument document) => JsonReply.Text(document, static (json, document) =>
    {
        json.WriteString("file_type"u8, ".pdf"u8);
        json.WriteNumber("pages"u8, document.NumberOfPages);
        var information = document.Information;
        if (information.DocumentInformationDictionary is { Data.Count: > 0 })
        {
            json.WriteString("title"u8, StorableText.Of(information.Title ?? ""));
            json.WriteString("author"u8, StorableText.Of(information.Author ?? ""));
            json.WriteString("subject"u8, StorableText.Of(information.Subject ?? ""));
            json.WriteString("creator"u8, StorableText.Of(information.Creator ?? ""));
        }
    });

    private static ExtractedText Failed(string reason) => new("", """{"file_type":".pdf"}""", "PDF extraction failed: " + reason);

    // The library has no error of its own for most damage: whatever it meets comes out.
    private static bool IsFault(Exception e) => e is not (OperationCanceledException or ExtractionLimitException or OutOfMemoryException);
}
