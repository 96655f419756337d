using PyAirtable.Automation.Files;
using PyAirtable.Automation.Replies;
using PyAirtable.Automation.TextExtraction.Documents;
using PyAirtable.Automation.TextExtraction.Pdf;
using PyAirtable.Automation.TextExtraction.Spreadsheets;
using PyAirtable.Automation.TextExtraction.WordDocuments;
using PyAirtable.Automation.TextExtraction.Workbooks;

namespace PyAirtable.Automation.TextExtraction;

/// <summary>All extractors. A file's stored extension chooses one (automation contract 2.6), its first bytes decide between two formats of one name.</summary>
/// <param name="maxPdfPages">Pages of a PDF that are read.</param>
internal sealed class TextExtractors(int maxPdfPages)
{
    /// <summary>What is said where there is no file.</summary>
    public static readonly ExtractedText NotFound = new("", "{}", "File not found");

    private readonly Dictionary<string, ITextExtractor> _byExtension = new()
    {
        [".txt"] = new PlainTextExtractor(),
        [".csv"] = new CsvExtractor(),
        [".pdf"] = new PdfExtractor(maxPdfPages),
        [".docx"] = new DocxExtractor(),
        [".doc"] = new DocExtractor(),
        [".xlsx"] = new XlsxExtractor(),
        [".xls"] = new XlsExtractor(),
    };

    /// <summary>The error of a file that took all memory that it may.</summary>
    public const string OutOfMemory = "Extraction failed: the file needs more memory than allowed";

    /// <summary>What is said of a file of which nothing is known but its name.</summary>
    public static string MetadataOf(string path) => JsonReply.Text(ExtensionOf(path), static (json, extension) => json.WriteString("file_type"u8, extension));

    /// <summary>The text of a file, or why there is none. It blocks its thread.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ExtractedText Extract(string path, CancellationToken cancel)
    {
        try
        {
            var extension = ExtensionOf(path);
            return _byExtension.TryGetValue(FormatOf(path, extension), out var extractor)
                ? extractor.Extract(path, cancel)
                : new("", MetadataOf(path), $"Unsupported file type: {extension}");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return NotFound;
        }
        catch (ExtractionLimitException e)
        {
            return new("", MetadataOf(path), $"Extraction failed: {e.Message}");
        }
        catch (OutOfMemoryException)
        {
            return new("", MetadataOf(path), OutOfMemory);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The failure's own text could show the server's paths (D23).
            return new("", MetadataOf(path), "Extraction failed: the file could not be read");
        }
    }

    private static string ExtensionOf(string path) => FileType.Extension(Path.GetFileName(path)).ToLowerInvariant();

    // Word and Excel have an old format and a new one, and files of either with the other's extension.
    private static string FormatOf(string path, string extension) => extension switch
    {
        ".doc" or ".docx" => ByContainer(path, ".docx", ".doc") ?? extension,
        ".xls" or ".xlsx" => ByContainer(path, ".xlsx", ".xls") ?? extension,
        _ => extension,
    };

    private static string? ByContainer(string path, string archive, string compound)
    {
        Span<byte> start = stackalloc byte[8];
        using var file = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
        start = start[..RandomAccess.Read(file, start, 0)];
        return start.StartsWith("PK"u8) ? archive : start.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) ? compound : null;
    }
}
