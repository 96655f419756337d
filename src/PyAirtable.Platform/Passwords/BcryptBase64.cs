namespace PyAirtable.Platform.Passwords;

/// <summary>bcrypt's base 64: its own alphabet, no padding, the high bits first.</summary>
internal static class BcryptBase64
{
    private const string Alphabet = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>Writes the bytes as text, as long as <c>ceil(8 * bytes / 6)</c>.</summary>
    public static void Encode(ReadOnlySpan<byte> bytes, Span<char> text)
    {
        var (bits, held, next) = (0, 0, 0);
        foreach (var one in bytes)
        {
            bits = (bits << 8) | one;
            for (held += 8; held >= 6; held -= 6)
            {
                text[next++] = Alphabet[(bits >> (held - 6)) & 63];
            }
        }

        if (held > 0)
        {
            text[next] = Alphabet[(bits << (6 - held)) & 63];
        }
    }

    /// <summary>Fills the bytes from text that is long enough; bits to spare at its end do not count. False if a character is none of the alphabet.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        var (bits, held, next) = (0, 0, 0);
        foreach (var one in text)
        {
            var value = Alphabet.IndexOf(one, StringComparison.Ordinal);
            if (value < 0)
            {
                return false;
            }

            bits = (bits << 6) | value;
            held += 6;
            if (held >= 8)
            {
                held -= 8;
                bytes[next++] = (byte)(bits >> held);
            }
        }

        return true;
    }
}
