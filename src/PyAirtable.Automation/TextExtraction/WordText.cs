using PyAirtable.Automation.Replies;

namespace PyAirtable.Automation.TextExtraction;

/// <summary>What is said of Word documents, new and old: the metadata call both <c>.docx</c> (automation contract 2.6, DOCX and DOC).</summary>
internal static class WordText
{
    /// <summary>Why there is no text of a file that is none of Word's.</summary>
    public const string NotWord = "Package not found";

    /// <summary>A document's text.</summary>
    /// <param name="text">Its paragraphs, then its tables, a line end after each paragraph and row.</param>
    /// <param name="paragraphs">Paragraphs outside of tables.</param>
    /// <param name="tables">Tables.</param>
    /// <param name="title">Its title; empty for none.</param>
    /// <param name="author">Its author; empty for none.</param>
    public static ExtractedText Of(string text, int paragraphs, int tables, string title, string author) => new(
        text.Trim(),
        JsonReply.Text((text, paragraphs, tables, title, author), static (json, found) =>
        {
            json.WriteString("file_type"u8, ".docx"u8);
            json.WriteNumber("paragraph_count"u8, found.paragraphs);
            json.WriteNumber("table_count"u8, found.tables);
            json.WriteNumber("character_count"u8, TextDecoding.CodePoints(found.text));
            if (found.title.Length > 0)
            {
                json.WriteString("title"u8, found.title);
            }
            if (found.author.Length > 0)
            {
                json.WriteString("author"u8, found.author);
            }
        }));

    /// <summary>A document that could not be read.</summary>
    public static ExtractedText Failed(string reason) => new("", """{"file_type":".docx"}""", "DOCX extraction failed: " + reason);
}
