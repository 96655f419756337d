using System.Runtime.InteropServices;
using System.Text;
using PyAirtable.Automation.TextExtraction.CompoundFiles;

namespace PyAirtable.Automation.TextExtraction.WordDocuments;

/// <summary>
/// Turns the text of a Word 97 to 2003 document, in which marks stand for all structure ([MS-DOC] 2.4.1 and 2.8.25), into paragraphs and tables.
/// </summary>
internal sealed class MainText
{
    private const int Sections = 6;
    private const char CellMark = '\x07';
    private const char LineBreak = '\x0B';
    private const char PageOrSectionMark = '\x0C';
    private const char ParagraphMark = '\r';
    private const char FieldStart = '\x13';
    private const char FieldResult = '\x14';
    private const char FieldEnd = '\x15';
    private const char FirmHyphen = '\x1E';
    private const int ChunkUnits = 4096;

    private readonly WordFile _file;
    private readonly ParagraphProperties _properties;
    private readonly HashSet<int> _sectionEnds = [];
    private readonly DocumentText _document = new();
    private readonly StringBuilder _paragraph = new();
    private readonly StringBuilder _cell = new();
    // For each field that is open: whether its instructions are being read, which are not shown.
    private readonly Stack<bool> _fields = new();
    private int _hidden;

    private MainText(WordFile file)
    {
        _file = file;
        _properties = new(file);
        var sections = new BinaryFields(file.Structure(Sections));
        for (var i = 0; i < (sections.Length - 4) / 16; i++)
        {
            _sectionEnds.Add(sections.Int32(4 * (i + 1)));
        }
    }

    /// <summary>Reads the main document.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    /// <exception cref="ExtractionLimitException">There is too much text.</exception>
    public static DocumentText Read(WordFile file, CancellationToken cancel)
    {
        var pieces = TextPiece.Of(file);
        if (file.TextLength > ExtractionLimits.MaxCharacters)
        {
            throw new ExtractionLimitException();
        }
        var text = new MainText(file);
        foreach (var piece in pieces)
        {
            text.Read(piece, cancel);
        }
        // Only damage leaves something without its mark.
        if (text._cell.Length > 0)
        {
            text._document.AddCell(text._cell.ToString());
        }
        if (text._paragraph.Length > 0)
        {
            text._document.AddParagraph(text.TakeParagraph());
        }
        return text._document;
    }

    private void Read(TextPiece piece, CancellationToken cancel)
    {
        for (var start = piece.Start; start < piece.End; start += ChunkUnits)
        {
            cancel.ThrowIfCancellationRequested();
            var length = Math.Min(ChunkUnits, piece.End - start);
            var offset = piece.Offset + ((long)(start - piece.Start) * piece.UnitSize);
            var bytes = new BinaryFields(_file.Document).Slice(offset, (long)length * piece.UnitSize);
            var units = piece.UnitSize == 2 ? MemoryMarshal.Cast<byte, char>(bytes) : CodePages.Western.GetString(bytes);
            for (var i = 0; i < units.Length; i++)
            {
                Take(units[i], start + i, offset + ((long)i * piece.UnitSize));
            }
        }
    }

    private void Take(char unit, int position, long place)
    {
        switch (unit)
        {
            case FieldStart:
                _fields.Push(true);
                _hidden++;
                break;
            case FieldResult when _fields.TryPeek(out var instructions):
                _hidden -= instructions ? 1 : 0;
                _fields.Pop();
                _fields.Push(false);
                break;
            case FieldEnd when _fields.TryPop(out var instructions):
                _hidden -= instructions ? 1 : 0;
                break;
            case var _ when _hidden > 0:
                break;
            case ParagraphMark or CellMark:
                EndParagraph(unit == CellMark, place);
                break;
            case PageOrSectionMark when _sectionEnds.Contains(position + 1):
                EndParagraph(isCell: false, place);
                break;
            case LineBreak:
                _paragraph.Append('\n');
                break;
            case FirmHyphen:
                _paragraph.Append('-');
                break;
            case '\t' or >= ' ':
                _paragraph.Append(unit);
                break;
        }
    }

    private void EndParagraph(bool isCell, long place)
    {
        var (inTable, endsRow) = _properties.At(place);
        var text = TakeParagraph();
        if (endsRow)
        {
            _document.EndRow();
        }
        else if (isCell)
        {
            _document.AddCell(_cell.Append(text).ToString());
            _cell.Clear();
        }
        else if (inTable)
        {
            _cell.Append(text).Append('\n');
        }
        else
        {
            _document.AddParagraph(text);
        }
    }

    private string TakeParagraph()
    {
        var text = _paragraph.ToString();
        _paragraph.Clear();
        return text;
    }
}
