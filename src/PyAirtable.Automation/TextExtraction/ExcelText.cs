using System.Text.Json;
using PyAirtable.Automation.Replies;

namespace PyAirtable.Automation.TextExtraction;

/// <summary>What is said of workbooks, new and old (automation contract 2.6, XLSX and XLS).</summary>
internal static class ExcelText
{
    /// <summary>Why there is no text of a file that is none of Excel's.</summary>
    public const string NotExcel = "Excel file format cannot be determined, you must specify an engine manually.";

    /// <summary>A workbook's metadata.</summary>
    /// <param name="extension">The file's extension.</param>
    /// <param name="count">Its sheets; those that could not be read are counted too.</param>
    /// <param name="sheets">Those that were read.</param>
    /// <param name="write">Writes one as an object.</param>
    public static string Describe<TSheet>(string extension, int count, IReadOnlyList<TSheet> sheets, Action<Utf8JsonWriter, TSheet> write) =>
        JsonReply.Text((extension, count, sheets, write), static (json, found) =>
        {
            json.WriteString("file_type"u8, found.extension);
            json.WriteNumber("sheet_count"u8, found.count);
            json.WriteStartArray("sheets"u8);
            foreach (var sheet in found.sheets)
            {
                found.write(json, sheet);
            }
            json.WriteEndArray();
        });

    /// <summary>A workbook that could not be read.</summary>
    public static ExtractedText Failed(string reason) => new("", """{"file_type":".xlsx"}""", "Excel extraction failed: " + reason);
}
