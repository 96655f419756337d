using System.Globalization;
using System.Text;

namespace PyAirtable.Automation.TextExtraction;

/// <summary>
/// Splits delimited text into records by the rules of pandas' tokenizer: quotes count only at the start of a field, <c>""</c> in quotes
/// is one, text after a closing quote belongs to the field, LF, CR and CRLF end a record, and lines of nothing but blanks are skipped.
/// </summary>
internal sealed class DelimitedReader(TextReader text, char separator)
{
    private readonly StringBuilder _field = new();
    private int _line;
    private int _budget = ExtractionLimits.MaxCharacters;

    /// <summary>Line on which the last record ended, from 1.</summary>
    public int Line => _line;

    /// <summary>The next record; null at the end.</summary>
    /// <exception cref="FormatException">The text ends inside quotes; the message is pandas'.</exception>
    /// <exception cref="ExtractionLimitException">There is too much of it.</exception>
    public List<string>? Read()
    {
        if (!SkipBlankLines())
        {
            return null;
        }
        var fields = new List<string>();
        var ended = false;
        while (!ended)
        {
            ended = ReadField();
            fields.Add(TextDecoding.WithoutNul(_field.ToString()));
            _field.Clear();
        }
        _line++;
        return fields;
    }

    // Blanks before a line's first field are kept; they are put where the field will find them.
    private bool SkipBlankLines()
    {
        while (text.Peek() is >= 0 and var next)
        {
            if (next is '\n' or '\r')
            {
                EndLine(text.Read());
                _line++;
                _field.Clear();
            }
            else if (next is ' ' or '\t' && next != separator)
            {
                Take((char)text.Read());
            }
            else
            {
                return true;
            }
        }
        return false;
    }

    // True when the record ends with this field.
    private bool ReadField()
    {
        if (_field.Length == 0 && text.Peek() == '"')
        {
            text.Read();
            ReadQuoted();
        }
        while (text.Read() is >= 0 and var next)
        {
            if (next == separator)
            {
                return false;
            }
            if (next is '\n' or '\r')
            {
                EndLine(next);
                return true;
            }
            Take((char)next);
        }
        return true;
    }

    private void ReadQuoted()
    {
        while (text.Read() is >= 0 and var next)
        {
            if (next != '"')
            {
                Take((char)next);
            }
            else if (text.Peek() == '"')
            {
                Take((char)text.Read());
            }
            else
            {
                return;
            }
        }
        throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"Error tokenizing data. C error: EOF inside string starting at row {_line}"));
    }

    private void EndLine(int terminator)
    {
        if (terminator == '\r' && text.Peek() == '\n')
        {
            text.Read();
        }
    }

    private void Take(char unit)
    {
        if (--_budget < 0)
        {
            throw new ExtractionLimitException();
        }
        _field.Append(unit);
    }
}
