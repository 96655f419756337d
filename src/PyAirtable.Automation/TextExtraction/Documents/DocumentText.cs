using System.Text;
using PyAirtable.Automation.TextExtraction.Packages;

namespace PyAirtable.Automation.TextExtraction.Documents;

/// <summary>
/// The text of a word processing document's body as python-docx gives it: paragraphs, then tables. Only direct children count (runs of a
/// paragraph or of a link in it, paragraphs of a cell), so text boxes, tracked deletions and tables in cells stay out. Elements are told
/// by their local names: none of another namespace has the same one at these places.
/// </summary>
internal sealed class DocumentText
{
    private readonly XmlScanner _xml;
    private readonly StringBuilder _paragraphs = new();
    private readonly StringBuilder _tables = new();
    private readonly StringBuilder _cell = new();

    private DocumentText(XmlScanner xml) => _xml = xml;

    /// <summary>Paragraphs of the body itself.</summary>
    public int ParagraphCount { get; private set; }

    /// <summary>Tables of the body itself.</summary>
    public int TableCount { get; private set; }

    /// <summary>All of it, a line end after each paragraph and row.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Reads a main document part.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static DocumentText Read(XmlScanner xml, CancellationToken cancel)
    {
        var document = new DocumentText(xml);
        if (xml.Read() != XmlToken.Start || !xml.LocalName.SequenceEqual("document"u8))
        {
            throw new InvalidDataException("the file is not a Word file");
        }
        while (xml.Read() != XmlToken.None)
        {
            if (xml.Depth == 2 && xml.LocalName.SequenceEqual("body"u8))
            {
                document.ReadBody(cancel);
            }
            else if (xml.Depth == 2)
            {
                xml.Skip();
            }
        }
        document.Text = document._paragraphs.Append(document._tables).ToString();
        return document;
    }

    private void ReadBody(CancellationToken cancel)
    {
        while (_xml.Read() is not XmlToken.End and var token)
        {
            cancel.ThrowIfCancellationRequested();
            if (token != XmlToken.Start)
            {
                continue;
            }
            if (_xml.LocalName.SequenceEqual("p"u8))
            {
                ParagraphCount++;
                ParagraphText.Append(_paragraphs, _xml);
                _paragraphs.Append('\n');
            }
            else if (_xml.LocalName.SequenceEqual("tbl"u8))
            {
                TableCount++;
                ReadTable();
            }
            else
            {
                _xml.Skip();
            }
            CheckLength(0);
        }
    }

    private void ReadTable()
    {
        string[] above = [];
        while (_xml.Read() is not XmlToken.End and var token)
        {
            if (token == XmlToken.Start && _xml.LocalName.SequenceEqual("tr"u8))
            {
                above = TableRow.Read(_xml, above, _cell);
                // A cell over many columns is one text until it is joined.
                CheckLength(above.Sum(static cell => cell.Length + 3L));
                _tables.AppendJoin(" | ", above).Append('\n');
            }
            else if (token == XmlToken.Start)
            {
                _xml.Skip();
            }
        }
    }

    private void CheckLength(long more)
    {
        if (_paragraphs.Length + _tables.Length + more > ExtractionLimits.MaxCharacters)
        {
            throw new ExtractionLimitException();
        }
    }
}
