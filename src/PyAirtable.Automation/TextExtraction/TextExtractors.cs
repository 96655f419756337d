using PyAirtable.Automation.Files;
using PyAirtable.Automation.Replies;
using PyAirtable.Automation.TextExtraction.Pdf;
using PyAirtable.Automation.TextExtraction.Spreadsheets;
using PyAirtable.Automation.TextExtraction.WordDocuments;

namespace PyAirtable.Automation.TextExtraction;

/// <summary>All extractors, chosen by a file's stored extension (automation contract 2.6).</summary>
/// <param name="timeout">Time that one file may take.</param>
/// <param name="clock">The clock.</param>
/// <param name="maxPdfPages">Pages of a PDF that are read.</param>
internal sealed class TextExtractors(TimeSpan timeout, TimeProvider clock, int maxPdfPages)
{
    private readonly Dictionary<string, ITextExtractor> _byExtension = new(StringComparer.OrdinalIgnoreCase)
    {
        [".txt"] = new PlainTextExtractor(),
        [".csv"] = new CsvExtractor(),
        [".pdf"] = new PdfExtractor(maxPdfPages),
        [".xls"] = new XlsExtractor(),
        [".doc"] = new DocExtractor(),
    };

    /// <summary>The text of a file, or why there is none. It blocks its thread.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; running out of time is a result instead.</exception>
    public ExtractedText Extract(string path, CancellationToken cancel)
    {
        var extension = FileType.Extension(Path.GetFileName(path)).ToLowerInvariant();
        var metadata = JsonReply.Text(extension, static (json, extension) => json.WriteString("file_type"u8, extension));
        if (!_byExtension.TryGetValue(extension, out var extractor))
        {
            return new("", metadata, $"Unsupported file type: {extension}");
        }
        using var timer = new CancellationTokenSource(timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, timer.Token);
        try
        {
            return extractor.Extract(path, either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new("", metadata, $"Extraction failed: timed out after {(long)timeout.TotalSeconds} seconds");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new("", "{}", "File not found");
        }
        catch (ExtractionLimitException e)
        {
            return new("", metadata, $"Extraction failed: {e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or OutOfMemoryException)
        {
            // The failure's own text would show the server's paths (D23).
            return new("", metadata, "Extraction failed: the file could not be read");
        }
    }
}
