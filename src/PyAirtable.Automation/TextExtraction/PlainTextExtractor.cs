using PyAirtable.Automation.Replies;

namespace PyAirtable.Automation.TextExtraction;

/// <summary>TXT: the text itself, with LF line ends (automation contract 2.6).</summary>
internal sealed class PlainTextExtractor : ITextExtractor
{
    // No encoding makes fewer characters of this many bytes: UTF-8's densest is 3 bytes a unit.
    private const long MaxBytes = 3L * ExtractionLimits.MaxCharacters;

    public ExtractedText Extract(string path, CancellationToken cancel)
    {
        if (new FileInfo(path).Length > MaxBytes)
        {
            throw new ExtractionLimitException();
        }
        var (decoded, encoding) = TextDecoding.Decode(File.ReadAllBytes(path));
        if (decoded.Length > ExtractionLimits.MaxCharacters)
        {
            throw new ExtractionLimitException();
        }
        cancel.ThrowIfCancellationRequested();
        var text = TextDecoding.WithoutNul(decoded.Contains('\r') ? decoded.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n') : decoded);
        return new(text, JsonReply.Text((text, encoding), static (json, found) =>
        {
            json.WriteString("file_type"u8, ".txt"u8);
            json.WriteString("encoding"u8, found.encoding);
            json.WriteNumber("character_count"u8, TextDecoding.CodePoints(found.text));
            json.WriteNumber("line_count"u8, found.text.Length == 0 ? 0 : found.text.AsSpan().Count('\n') + 1);
        }));
    }
}
