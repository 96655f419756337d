using System.Globalization;
using System.Text;

namespace PyAirtable.Automation.TextExtraction;

/// <summary>
/// Splits delimited text into records by the rules of pandas' tokenizer: quotes count only at the start of a field, <c>""</c> in quotes
/// is one, text after a closing quote belongs to the field, LF, CR and CRLF end a record, and lines of nothing but blanks are skipped.
/// </summary>
internal sealed class DelimitedReader(TextReader text, char separator)
{
    private readonly char[] _fieldEnds = [separator, '\n', '\r'];
    private readonly char[] _buffer = new char[4096];
    private readonly StringBuilder _field = new();
    private int _at;
    private int _end;
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
        while (Fill())
        {
            var next = _buffer[_at];
            if (next is '\n' or '\r')
            {
                EndLine();
                _line++;
                _field.Clear();
            }
            else if (next is ' ' or '\t' && next != separator)
            {
                Take(1);
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
        if (_field.Length == 0 && Fill() && _buffer[_at] == '"')
        {
            _at++;
            ReadQuoted();
        }
        if (!TakeUntil(_fieldEnds))
        {
            return true;
        }
        if (_buffer[_at] == separator)
        {
            _at++;
            return false;
        }
        EndLine();
        return true;
    }

    private void ReadQuoted()
    {
        while (TakeUntil("\""))
        {
            _at++;
            if (!Fill() || _buffer[_at] != '"')
            {
                return;
            }
            Take(1);
        }
        throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"Error tokenizing data. C error: EOF inside string starting at row {_line}"));
    }

    private void EndLine()
    {
        if (_buffer[_at++] == '\r' && Fill() && _buffer[_at] == '\n')
        {
            _at++;
        }
    }

    // Takes all up to one of the ends, at which it stops; false at the end of the text.
    private bool TakeUntil(ReadOnlySpan<char> ends)
    {
        while (Fill())
        {
            var length = _buffer.AsSpan(_at, _end - _at).IndexOfAny(ends);
            Take(length < 0 ? _end - _at : length);
            if (length >= 0)
            {
                return true;
            }
        }
        return false;
    }

    private void Take(int length)
    {
        _budget -= length;
        if (_budget < 0)
        {
            throw new ExtractionLimitException();
        }
        _field.Append(_buffer, _at, length);
        _at += length;
    }

    // Reads on where all is taken; false at the end of the text.
    private bool Fill()
    {
        if (_at == _end)
        {
            (_at, _end) = (0, text.Read(_buffer));
        }
        return _at < _end;
    }
}
