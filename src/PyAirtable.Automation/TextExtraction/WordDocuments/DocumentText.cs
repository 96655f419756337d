using System.Text;

namespace PyAirtable.Automation.TextExtraction.WordDocuments;

/// <summary>A document as the contract shows it: all paragraphs, then all tables (automation contract 2.6, DOCX and DOC).</summary>
internal sealed class DocumentText
{
    private readonly StringBuilder _paragraphs = new();
    private readonly StringBuilder _tables = new();
    private readonly List<string> _row = [];
    private int _paragraphCount;
    private int _tableCount;
    private bool _inTable;

    /// <summary>A paragraph outside of tables; a table before it is over.</summary>
    public void AddParagraph(string text)
    {
        EndTable();
        _paragraphs.Append(text).Append('\n');
        _paragraphCount++;
    }

    /// <summary>A cell of a table's row.</summary>
    public void AddCell(string text) => _row.Add(text.Trim());

    /// <summary>The row's cells are all there.</summary>
    public void EndRow()
    {
        if (_row.Count == 0)
        {
            return;
        }
        _tableCount += _inTable ? 0 : 1;
        _inTable = true;
        _tables.AppendJoin(" | ", _row).Append('\n');
        _row.Clear();
    }

    /// <summary>The whole, with title and author where there are any.</summary>
    public ExtractedText Complete(string title, string author)
    {
        EndTable();
        return WordText.Of(StorableText.Of(_paragraphs.Append(_tables).ToString()), _paragraphCount, _tableCount, title, author);
    }

    private void EndTable()
    {
        EndRow();
        _inTable = false;
    }
}
