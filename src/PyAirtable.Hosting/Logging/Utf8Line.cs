using System.Buffers;
using System.Globalization;
using System.Text;

namespace PyAirtable.Hosting.Logging;

/// <summary>A growing UTF-8 buffer with the escaping that keeps client text from forging lines or moving the cursor.</summary>
internal sealed class Utf8Line
{
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        " !#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    private static ReadOnlySpan<byte> Ellipsis => "…"u8;

    private byte[] _bytes = new byte[1024];

    /// <summary>Bytes written so far.</summary>
    public int Length { get; private set; }

    /// <summary>What was written since the last clear.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>Forgets what was written.</summary>
    public void Clear() => Length = 0;

    /// <summary>Appends bytes as they are.</summary>
    public Utf8Line Raw(ReadOnlySpan<byte> utf8)
    {
        utf8.CopyTo(Room(utf8.Length));
        Length += utf8.Length;
        return this;
    }

    /// <summary>Appends a number in the invariant form.</summary>
    public Utf8Line Number<T>(T value, string? format = null)
        where T : IUtf8SpanFormattable
    {
        value.TryFormat(Room(64), out var written, format, CultureInfo.InvariantCulture);
        Length += written;
        return this;
    }

    /// <summary>Appends null, a truth value or a number; false, and nothing appended, for anything else.</summary>
    public bool TryScalar(object? value)
    {
        _ = value switch
        {
            null => Raw("null"u8),
            bool truth => Raw(truth ? "true"u8 : "false"u8),
            long whole => Number(whole),
            double real => Number(real),
            _ => null,
        };
        return value is null or bool or long or double;
    }

    /// <summary>
    /// Appends text as the inside of a JSON string, at most <paramref name="limit"/> bytes of it; text that is cut ends in an ellipsis.
    /// Quotes, backslashes, control, format and separator characters are escaped, lone surrogates replaced.
    /// </summary>
    public Utf8Line Text(ReadOnlySpan<char> text, int limit = int.MaxValue)
    {
        if (!text.ContainsAnyExcept(Plain))
        {
            return text.Length <= limit ? PlainText(text) : limit < Ellipsis.Length ? this : PlainText(text[..(limit - Ellipsis.Length)]).Raw(Ellipsis);
        }

        var start = Length;
        var keep = Length;
        while (!text.IsEmpty)
        {
            Rune.DecodeFromUtf16(text, out var rune, out var used);
            text = text[used..];
            Append(rune);
            if (Length - start > limit)
            {
                Length = keep;
                return limit < Ellipsis.Length ? this : Raw(Ellipsis);
            }

            if (Length - start <= limit - Ellipsis.Length)
            {
                keep = Length;
            }
        }

        return this;
    }

    /// <summary>As <see cref="Text"/>, but quotes and backslashes stay as they are: for lines that are read by people.</summary>
    public Utf8Line Readable(ReadOnlySpan<char> text, int limit)
    {
        while (text.IndexOfAny('"', '\\') is var mark && mark >= 0 && mark < limit)
        {
            limit -= mark + 1;
            Text(text[..mark]).Raw(text[mark] == '"' ? "\""u8 : "\\"u8);
            text = text[(mark + 1)..];
        }

        return Text(text, limit);
    }

    /// <summary>Appends a duration as milliseconds with three decimals, at most 999999999.999.</summary>
    public Utf8Line Milliseconds(TimeSpan elapsed)
    {
        var (whole, micros) = Math.DivRem(Math.Clamp(elapsed.Ticks / TimeSpan.TicksPerMicrosecond, 0, 999_999_999_999), 1000);
        return Number(whole).Raw("."u8).Number(micros, "D3");
    }

    /// <summary>Appends a name in snake case as the inside of a JSON string, marked by an underscore where the line itself has that key.</summary>
    public Utf8Line Key(string name)
    {
        Span<char> key = stackalloc char[128];
        var length = 0;
        for (var i = 0; i < name.Length && length < key.Length - 2; i++)
        {
            var wordStarts = char.IsUpper(name[i]) && i > 0 && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            if (wordStarts && name[i - 1] != '_')
            {
                key[length++] = '_';
            }

            key[length++] = char.ToLowerInvariant(name[i]);
        }

        if (key[..length] is "ts" or "level" or "msg" or "logger" or "event" or "error")
        {
            key[length++] = '_';
        }

        return Text(key[..length]);
    }

    private Utf8Line PlainText(ReadOnlySpan<char> text)
    {
        Length += Encoding.UTF8.GetBytes(text, Room(text.Length));
        return this;
    }

    private void Append(Rune rune)
    {
        switch (rune.Value)
        {
            case '"':
                Raw("\\\""u8);
                break;
            case '\\':
                Raw("\\\\"u8);
                break;
            case '\n':
                Raw("\\n"u8);
                break;
            case '\r':
                Raw("\\r"u8);
                break;
            case '\t':
                Raw("\\t"u8);
                break;
            default:
                if (IsUnseen(rune))
                {
                    AppendEscape(rune);
                }
                else
                {
                    Length += rune.EncodeToUtf8(Room(4));
                }

                break;
        }
    }

    private void AppendEscape(Rune rune)
    {
        Span<char> units = stackalloc char[2];
        foreach (var unit in units[..rune.EncodeToUtf16(units)])
        {
            Raw("\\u"u8).Number((ushort)unit, "x4");
        }
    }

    private static bool IsUnseen(Rune rune) => rune.Value < ' ' || (rune.Value >= 0x7f && Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    private Span<byte> Room(int bytes)
    {
        if (_bytes.Length - Length < bytes)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + bytes));
        }

        return _bytes.AsSpan(Length);
    }
}
