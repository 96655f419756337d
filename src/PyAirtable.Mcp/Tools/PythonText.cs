using System.Buffers;
using System.Text;

namespace PyAirtable.Mcp.Tools;

/// <summary>
/// JSON as Python prints it with an indent of 2 (upstream contract, head), as a string of JSON: two blanks a level, non-ASCII escaped, order kept, and
/// all that escaped once more. Numbers stay as they were written, so none loses digits. The text is read once, checked and copied in the same step.
/// </summary>
internal ref partial struct PythonText
{
    private const int MaxDepth = 64;
    private const int Indent = 2;
    private const string TooLarge = "The answer is too large; ask for fewer records";

    // Depth is what makes a text much longer than its JSON.
    private const int MaxBytes = 64 * 1024 * 1024;

    // What stands in a string as it is.
    private static readonly SearchValues<byte> Plain = SearchValues.Create(" !#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~"u8);
    private static readonly byte[] NewLines = Encoding.ASCII.GetBytes("\\n" + new string(' ', Indent * MaxDepth));

    private readonly ReadOnlySpan<byte> _json;
    private readonly PooledBytes _text;
    private Span<byte> _room;
    private int _at;
    private int _written;
    private int _secondHalf = -1;
    private bool _hasBlanks;
    private bool _hasHalfPair;

    private PythonText(ReadOnlySpan<byte> json, PooledBytes text)
    {
        _json = json;
        _text = text;
        _room = text.GetSpan(json.Length);
    }

    /// <summary>Writes the text of a JSON value, with the quotes around it.</summary>
    /// <param name="json">The value.</param>
    /// <param name="text">Takes the text.</param>
    /// <param name="form">How the value is written, for who wants to copy it.</param>
    /// <returns>Whether it is JSON; if not, a part of it may be written.</returns>
    /// <exception cref="ToolFailedException">The text would be too large.</exception>
    public static bool TryWrite(ReadOnlySpan<byte> json, PooledBytes text, out JsonForm form)
    {
        var writer = new PythonText(json, text);
        writer.Append((byte)'"');
        var isJson = writer.WriteValue(0) && writer.IsAtEnd();
        writer.Append((byte)'"');
        text.Advance(writer._written);
        form = writer._hasHalfPair ? JsonForm.HalfPairs : writer._hasBlanks ? JsonForm.Blanks : JsonForm.Compact;
        return isJson;
    }

    private bool WriteValue(int depth) => Next() switch
    {
        (byte)'"' => WriteString(),
        (byte)'{' => depth < MaxDepth && WriteItems(depth + 1, (byte)'}'),
        (byte)'[' => depth < MaxDepth && WriteItems(depth + 1, (byte)']'),
        (byte)'t' => WriteWord("true"u8),
        (byte)'f' => WriteWord("false"u8),
        (byte)'n' => WriteWord("null"u8),
        _ => WriteNumber(),
    };

    private bool WriteItems(int depth, byte end)
    {
        Append(_json[_at++]);
        if (Next() == end)
        {
            _at++;
            Append(end);
            return true;
        }
        while (true)
        {
            NewLine(depth);
            if ((end == '}' && !WriteName()) || !WriteValue(depth))
            {
                return false;
            }
            var next = Next();
            if (next == end)
            {
                _at++;
                NewLine(depth - 1);
                Append(end);
                return true;
            }
            if (next != ',')
            {
                return false;
            }
            _at++;
            Append(next);
        }
    }

    private bool WriteName()
    {
        if (Next() != '"' || !WriteString() || Next() != ':')
        {
            return false;
        }
        _at++;
        Append(": "u8);
        return true;
    }

    private bool WriteWord(ReadOnlySpan<byte> word)
    {
        if (!_json[_at..].StartsWith(word))
        {
            return false;
        }
        _at += word.Length;
        Append(word);
        return true;
    }

    private bool WriteNumber()
    {
        var start = _at;
        _at += Current() == '-' ? 1 : 0;
        var isNumber = Current() == '0' ? ++_at > 0 : SkipDigits();
        if (isNumber && Current() == '.')
        {
            _at++;
            isNumber = SkipDigits();
        }
        if (isNumber && Current() is (byte)'e' or (byte)'E')
        {
            _at++;
            _at += Current() is (byte)'+' or (byte)'-' ? 1 : 0;
            isNumber = SkipDigits();
        }
        Append(_json[start.._at]);
        return isNumber;
    }

    private bool SkipDigits()
    {
        var start = _at;
        while (char.IsAsciiDigit((char)Current()))
        {
            _at++;
        }
        return _at > start;
    }

    private void NewLine(int depth) => Append(NewLines.AsSpan(0, 2 + (Indent * depth)));

    private bool IsAtEnd() => Next() == 0 && _at == _json.Length;

    // 0 at the end.
    private readonly byte Current() => _at < _json.Length ? _json[_at] : (byte)0;

    // The next byte that is no blank.
    private byte Next()
    {
        while (Current() is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            _hasBlanks = true;
            _at++;
        }
        return Current();
    }

    private void Append(byte one)
    {
        MakeRoom(1);
        _room[_written++] = one;
    }

    private void Append(ReadOnlySpan<byte> some)
    {
        MakeRoom(some.Length);
        some.CopyTo(_room[_written..]);
        _written += some.Length;
    }

    private void MakeRoom(int count)
    {
        if (_room.Length - _written < count)
        {
            _text.Advance(_written);
            _written = 0;
            _room = _text.Length + count <= MaxBytes ? _text.GetSpan(count) : throw new ToolFailedException(TooLarge);
        }
    }
}
