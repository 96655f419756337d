using System.Text;

namespace PyAirtable.Hosting.Requests;

/// <summary>
/// Says where and why a text is no JSON, with the offsets and words of Python's <c>json</c> module. It is run only on what the
/// framework's parser refused and on texts with <c>\u</c> escapes, so it need not be fast. Stricter than Python in three things:
/// <c>NaN</c> and <c>Infinity</c>, half surrogate pairs, and nesting deeper than <see cref="MaxDepth"/> are faults.
/// </summary>
internal ref struct JsonSyntax
{
    /// <summary>Arrays and objects that may stand inside each other.</summary>
    internal const int MaxDepth = 64;

    private readonly ReadOnlySpan<byte> _text;
    private int _at;
    private string? _fault;

    private JsonSyntax(ReadOnlySpan<byte> text) => _text = text;

    /// <summary>Finds the first fault of valid UTF-8; false where there is none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="offset">Characters (code points) before the fault.</param>
    /// <param name="reason">What is wrong.</param>
    internal static bool TryFindFault(ReadOnlySpan<byte> text, out int offset, out string reason)
    {
        var syntax = new JsonSyntax(text);
        var found = !syntax.ReadDocument();
        offset = found ? CodePoints.Count(text[..Math.Min(syntax._at, text.Length)]) : 0;
        reason = syntax._fault ?? "";
        return found;
    }

    private bool ReadDocument()
    {
        SkipBlanks();
        if (!ReadValue(0))
        {
            return false;
        }

        SkipBlanks();
        return _at == _text.Length || Fail("Extra data");
    }

    private bool ReadValue(int depth)
    {
        switch (Current)
        {
            case '{':
                return depth < MaxDepth ? ReadObject(depth + 1) : Fail("Too deeply nested");
            case '[':
                return depth < MaxDepth ? ReadArray(depth + 1) : Fail("Too deeply nested");
            case '"':
                return ReadString();
            case '-' or (>= '0' and <= '9'):
                return ReadNumber();
            case 'N' or 'I' when Follows("NaN"u8) || Follows("Infinity"u8):
                return Fail("Out of range float values are not JSON compliant");
            default:
                return Skip("true"u8) || Skip("false"u8) || Skip("null"u8) || Fail("Expecting value");
        }
    }

    private bool ReadObject(int depth)
    {
        _at++;
        SkipBlanks();
        if (Skip("}"u8))
        {
            return true;
        }

        while (true)
        {
            if (Current != '"')
            {
                return Fail("Expecting property name enclosed in double quotes");
            }

            if (!ReadString())
            {
                return false;
            }

            SkipBlanks();
            if (!Skip(":"u8))
            {
                return Fail("Expecting ':' delimiter");
            }

            SkipBlanks();
            if (!ReadValue(depth))
            {
                return false;
            }

            SkipBlanks();
            if (Skip("}"u8))
            {
                return true;
            }

            if (!Skip(","u8))
            {
                return Fail("Expecting ',' delimiter");
            }

            SkipBlanks();
        }
    }

    private bool ReadArray(int depth)
    {
        _at++;
        SkipBlanks();
        if (Skip("]"u8))
        {
            return true;
        }

        while (true)
        {
            if (!ReadValue(depth))
            {
                return false;
            }

            SkipBlanks();
            if (Skip("]"u8))
            {
                return true;
            }

            if (!Skip(","u8))
            {
                return Fail("Expecting ',' delimiter");
            }

            SkipBlanks();
        }
    }

    private bool ReadString()
    {
        var start = _at++;
        while (_at < _text.Length)
        {
            switch (_text[_at])
            {
                case (byte)'"':
                    _at++;
                    return true;
                case < 0x20:
                    return Fail("Invalid control character at");
                case (byte)'\\':
                    if (_at + 1 == _text.Length)
                    {
                        return FailAt(start, "Unterminated string starting at");
                    }

                    if (!ReadEscape())
                    {
                        return false;
                    }

                    break;
                default:
                    _at++;
                    break;
            }
        }

        return FailAt(start, "Unterminated string starting at");
    }

    private bool ReadEscape()
    {
        var start = _at;
        if (_text[_at + 1] != 'u')
        {
            _at += 2;
            return "\"\\/bfnrt"u8.Contains(_text[start + 1]) || FailAt(start, "Invalid \\escape");
        }

        var unit = ReadUnit();
        if (unit < 0)
        {
            return FailAt(start + 1, "Invalid \\uXXXX escape");
        }

        if (char.IsHighSurrogate((char)unit))
        {
            var paired = Follows("\\u"u8) && char.IsLowSurrogate((char)Math.Max(ReadUnit(), 0));
            return paired || FailAt(start, "Unpaired surrogate escape");
        }

        return !char.IsLowSurrogate((char)unit) || FailAt(start, "Unpaired surrogate escape");
    }

    // The value of the \uXXXX at hand, or -1.
    private int ReadUnit()
    {
        if (_at + 6 >= _text.Length)
        {
            return -1;
        }

        var value = 0;
        foreach (var digit in _text.Slice(_at + 2, 4))
        {
            if (!char.IsAsciiHexDigit((char)digit))
            {
                return -1;
            }

            value = (value << 4) | (digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
        }

        _at += 6;
        return value;
    }

    private bool ReadNumber()
    {
        var start = _at;
        Skip("-"u8);
        if (Follows("Infinity"u8))
        {
            return FailAt(start, "Out of range float values are not JSON compliant");
        }

        if (!Skip("0"u8) && !SkipDigits())
        {
            return FailAt(start, "Expecting value");
        }

        var whole = _at;
        if (Skip("."u8) && !SkipDigits())
        {
            _at = whole;
            return true;
        }

        var mantissa = _at;
        if (Skip("e"u8) || Skip("E"u8))
        {
            _ = Skip("+"u8) || Skip("-"u8);
            if (!SkipDigits())
            {
                _at = mantissa;
            }
        }

        return true;
    }

    private bool SkipDigits()
    {
        var start = _at;
        while (char.IsAsciiDigit(Current))
        {
            _at++;
        }

        return _at > start;
    }

    private void SkipBlanks()
    {
        while (Current is ' ' or '\t' or '\n' or '\r')
        {
            _at++;
        }
    }

    private readonly char Current => _at < _text.Length ? (char)_text[_at] : '\0';

    private readonly bool Follows(ReadOnlySpan<byte> word) => _text[_at..].StartsWith(word);

    private bool Skip(ReadOnlySpan<byte> word)
    {
        if (!Follows(word))
        {
            return false;
        }

        _at += word.Length;
        return true;
    }

    private bool Fail(string fault) => FailAt(_at, fault);

    private bool FailAt(int at, string fault)
    {
        _at = at;
        _fault = fault;
        return false;
    }
}
