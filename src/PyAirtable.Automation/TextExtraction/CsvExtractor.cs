using System.Text;
using PyAirtable.Automation.Replies;

namespace PyAirtable.Automation.TextExtraction;

/// <summary>CSV: the first pair of encoding and separator that gives more than one column, printed as a table (automation contract 2.6, D19).</summary>
internal sealed class CsvExtractor : ITextExtractor
{
    private static readonly char[] Separators = [',', ';', '\t'];

    public ExtractedText Extract(string path, CancellationToken cancel)
    {
        (DelimitedTable Table, string Encoding, char Separator)? single = null;
        string? fault = null;
        foreach (var (name, encoding) in (ReadOnlySpan<(string, Encoding)>)[TextDecoding.Utf8, TextDecoding.Latin1])
        {
            foreach (var separator in Separators)
            {
                try
                {
                    var table = Read(path, encoding, separator, cancel);
                    if (table.Names.Count > 1)
                    {
                        return Describe(table, name, separator, cancel);
                    }
                    // One column is text with a separator that occurs nowhere; one beside an index has lost part of its text.
                    single = single is null || (single.Value.Table.HasIndex && !table.HasIndex) ? (table, name, separator) : single;
                }
                catch (DecoderFallbackException)
                {
                    // Not of this encoding.
                }
                catch (FormatException e)
                {
                    fault = e.Message;
                }
            }
        }
        return single is { } found
            ? Describe(found.Table, found.Encoding, found.Separator, cancel)
            : new("", """{"file_type":".csv"}""", "CSV extraction failed: " + fault);
    }

    private static DelimitedTable Read(string path, Encoding encoding, char separator, CancellationToken cancel)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var text = new StreamReader(stream, encoding, detectEncodingFromByteOrderMarks: false);
        if (encoding is UTF8Encoding && text.Peek() == '\uFEFF')
        {
            text.Read();
        }
        return DelimitedTable.Read(text, separator, cancel);
    }

    private static ExtractedText Describe(DelimitedTable table, string encoding, char separator, CancellationToken cancel) => new(
        table.Print(cancel),
        JsonReply.Text((table, encoding, separator), static (json, found) =>
        {
            json.WriteString("file_type"u8, ".csv"u8);
            json.WriteNumber("rows"u8, found.table.Rows.Count);
            json.WriteNumber("columns"u8, found.table.Names.Count);
            json.WriteStartArray("column_names"u8);
            foreach (var name in found.table.Names)
            {
                json.WriteStringValue(name);
            }
            json.WriteEndArray();
            json.WriteString("encoding"u8, found.encoding);
            json.WriteString("separator"u8, [found.separator]);
        }));
}
