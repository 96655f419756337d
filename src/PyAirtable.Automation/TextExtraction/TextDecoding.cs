using System.Text;

namespace PyAirtable.Automation.TextExtraction;

/// <summary>The encodings that are tried, in order (automation contract 2.6, D19). All but Latin-1 refuse bytes that are not theirs.</summary>
internal static class TextDecoding
{
    public static readonly (string Name, Encoding Encoding) Utf8 = ("utf-8", new UTF8Encoding(false, throwOnInvalidBytes: true));
    public static readonly (string Name, Encoding Encoding) Latin1 = ("latin-1", Encoding.Latin1);

    private static readonly UnicodeEncoding LittleEndian = new(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true);
    private static readonly UnicodeEncoding BigEndian = new(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true);

    /// <summary>Decodes a whole file; UTF-16 only with a byte order mark, which is dropped.</summary>
    public static (string Text, string Encoding) Decode(ReadOnlySpan<byte> bytes)
    {
        if (System.Text.Unicode.Utf8.IsValid(bytes))
        {
            return (Utf8.Encoding.GetString(bytes), Utf8.Name);
        }
        var wide = bytes is [0xFF, 0xFE, ..] ? LittleEndian : bytes is [0xFE, 0xFF, ..] ? BigEndian : null;
        try
        {
            if (wide is not null)
            {
                return (wide.GetString(bytes[2..]), "utf-16");
            }
        }
        catch (DecoderFallbackException)
        {
            // Not UTF-16 after all.
        }
        return (Latin1.Encoding.GetString(bytes), Latin1.Name);
    }

    /// <summary>Replaces NUL, which no text column of PostgreSQL takes.</summary>
    public static string WithoutNul(string text) => text.Replace('\0', '\uFFFD');

    /// <summary>Unicode code points of a text: characters as Python counts them.</summary>
    public static int CodePoints(ReadOnlySpan<char> text)
    {
        var count = text.Length;
        while (text.IndexOfAnyInRange('\uDC00', '\uDFFF') is >= 0 and var second)
        {
            text = text[(second + 1)..];
            count--;
        }
        return count;
    }

    /// <summary>The same of a text in UTF-8.</summary>
    public static int CodePoints(ReadOnlySpan<byte> text)
    {
        var count = 0;
        foreach (var unit in text)
        {
            // All but a character's further bytes.
            count += (unit & 0xC0) == 0x80 ? 0 : 1;
        }
        return count;
    }
}
