using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace PyAirtable.Mcp.Tools;

/// <content>Texts within the JSON: what is escaped there, and how Python does it.</content>
internal ref partial struct PythonText
{
    private const int HexDigits = 4;

    private bool WriteString()
    {
        Append("\\\""u8);
        _at++;
        while (true)
        {
            var rest = _json[_at..];
            var plain = rest.IndexOfAnyExcept(Plain);
            if (plain < 0)
            {
                return false;
            }
            Append(rest[..plain]);
            _at += plain;
            switch (rest[plain])
            {
                case (byte)'"':
                    _at++;
                    Append("\\\""u8);
                    return true;
                case (byte)'\\' when WriteEscape():
                case >= 0x7f when WriteBeyondAscii():
                    break;
                default:
                    return false;
            }
        }
    }

    private bool WriteBeyondAscii()
    {
        Span<char> units = stackalloc char[2];
        while (Current() >= 0x7f)
        {
            if (Rune.DecodeFromUtf8(_json[_at..], out var rune, out var length) != OperationStatus.Done)
            {
                return false;
            }
            _at += length;
            foreach (var unit in units[..rune.EncodeToUtf16(units)])
            {
                WriteCode(unit);
            }
        }
        return true;
    }

    private bool WriteEscape()
    {
        _at++;
        var letter = Current();
        _at++;
        switch (letter)
        {
            case (byte)'"' or (byte)'\\' or (byte)'/':
                WriteUnit((char)letter);
                return true;
            case (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t':
                Append("\\\\"u8);
                Append(letter);
                return true;
            case (byte)'u' when TryReadHex(_at, out var unit):
                _at += HexDigits;
                NoteHalfPair(unit);
                WriteUnit(unit);
                return true;
            default:
                return false;
        }
    }

    private readonly bool TryReadHex(int at, out char unit)
    {
        unit = default;
        if (_json.Length - at < HexDigits || !Utf8Parser.TryParse(_json.Slice(at, HexDigits), out ushort code, out var read, 'x') || read != HexDigits)
        {
            return false;
        }
        unit = (char)code;
        return true;
    }

    // Python prints a half without the other one, but many readers refuse it.
    private void NoteHalfPair(char unit)
    {
        if (char.IsHighSurrogate(unit))
        {
            _secondHalf = _at;
            _hasHalfPair |= !(_json[_at..].StartsWith("\\u"u8) && TryReadHex(_at + 2, out var second) && char.IsLowSurrogate(second));
        }
        else if (char.IsLowSurrogate(unit))
        {
            _hasHalfPair |= _at - HexDigits - 2 != _secondHalf;
        }
    }

    // What was written as an escape, as Python writes it.
    private void WriteUnit(char unit)
    {
        switch (unit)
        {
            case '"':
                Append("\\\\\\\""u8);
                break;
            case '\\':
                Append("\\\\\\\\"u8);
                break;
            case '\b':
                Append("\\\\b"u8);
                break;
            case '\f':
                Append("\\\\f"u8);
                break;
            case '\n':
                Append("\\\\n"u8);
                break;
            case '\r':
                Append("\\\\r"u8);
                break;
            case '\t':
                Append("\\\\t"u8);
                break;
            case >= ' ' and < '\u007f':
                Append((byte)unit);
                break;
            default:
                WriteCode(unit);
                break;
        }
    }

    private void WriteCode(char unit)
    {
        const int Length = 7;
        MakeRoom(Length);
        var place = _room.Slice(_written, Length);
        "\\\\u"u8.CopyTo(place);
        _ = ((int)unit).TryFormat(place[3..], out _, "x4", CultureInfo.InvariantCulture);
        _written += Length;
    }
}
