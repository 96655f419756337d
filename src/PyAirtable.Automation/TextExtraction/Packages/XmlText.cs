using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;

namespace PyAirtable.Automation.TextExtraction.Packages;

/// <summary>Makes text of raw XML: UTF-8, the five named entities, numbered characters, LF for CRLF and CR. NUL, which no database takes, becomes U+FFFD.</summary>
internal static class XmlText
{
    /// <summary>The text of a raw piece.</summary>
    /// <exception cref="InvalidDataException">It refers to an entity that XML itself does not have.</exception>
    public static string Of(ReadOnlySpan<byte> raw)
    {
        if (raw.IndexOfAny((byte)'&', (byte)'\r', (byte)0) < 0)
        {
            return Encoding.UTF8.GetString(raw);
        }
        var text = new StringBuilder(raw.Length);
        Append(text, raw);
        return text.ToString();
    }

    /// <summary>Adds the text of a raw piece.</summary>
    /// <exception cref="InvalidDataException">It refers to an entity that XML itself does not have.</exception>
    public static void Append(StringBuilder text, ReadOnlySpan<byte> raw)
    {
        while (true)
        {
            var special = raw.IndexOfAny((byte)'&', (byte)'\r', (byte)0);
            AppendPlain(text, special < 0 ? raw : raw[..special]);
            if (special < 0)
            {
                return;
            }
            raw = raw[special..];
            raw = raw[(raw[0] == '&' ? AppendReference(text, raw) : AppendUnit(text, raw))..];
        }
    }

    [SkipLocalsInit]
    private static void AppendPlain(StringBuilder text, ReadOnlySpan<byte> raw)
    {
        Span<char> units = stackalloc char[512];
        while (!raw.IsEmpty)
        {
            System.Text.Unicode.Utf8.ToUtf16(raw, units, out var read, out var written, replaceInvalidSequences: true);
            text.Append(units[..written]);
            raw = raw[read..];
        }
    }

    private static int AppendUnit(StringBuilder text, ReadOnlySpan<byte> raw)
    {
        text.Append(raw[0] == 0 ? '\uFFFD' : '\n');
        return raw is [(byte)'\r', (byte)'\n', ..] ? 2 : 1;
    }

    private static int AppendReference(StringBuilder text, ReadOnlySpan<byte> raw)
    {
        var end = raw.IndexOf((byte)';');
        var name = end < 0 ? throw XmlScanner.Malformed() : raw[1..end];
        if (name is [(byte)'#', ..])
        {
            AppendNumbered(text, name[1..]);
        }
        else
        {
            text.Append(
                name.SequenceEqual("amp"u8) ? '&' :
                name.SequenceEqual("lt"u8) ? '<' :
                name.SequenceEqual("gt"u8) ? '>' :
                name.SequenceEqual("quot"u8) ? '"' :
                name.SequenceEqual("apos"u8) ? '\'' : throw XmlScanner.Malformed());
        }
        return end + 1;
    }

    private static void AppendNumbered(StringBuilder text, ReadOnlySpan<byte> digits)
    {
        var isHexadecimal = digits is [(byte)'x', ..];
        digits = isHexadecimal ? digits[1..] : digits;
        if (!Utf8Parser.TryParse(digits, out uint code, out var used, isHexadecimal ? 'x' : 'D') || used != digits.Length || !Rune.TryCreate(code, out var rune) || code == 0)
        {
            throw XmlScanner.Malformed();
        }
        Span<char> units = stackalloc char[2];
        text.Append(units[..rune.EncodeToUtf16(units)]);
    }
}
