using System.Buffers;
using System.Text;

namespace PyAirtable.Hosting.Logging;

/// <summary>What must not stand in a log: values of secret names, the user information of URLs, and <c>name=value</c> pairs of secret names inside texts.</summary>
internal static class Redaction
{
    /// <summary>What is written instead.</summary>
    public static readonly string Mask = new("***");

    private static readonly string[] SecretNames = ["password", "passwd", "secret", "token", "apikey", "authorization", "cookie", "credential"];
    private static readonly SearchValues<char> UrlEnds = SearchValues.Create(" \t\r\n\"'<>/?#");
    private static readonly SearchValues<char> ValueEnds = SearchValues.Create(" \t\r\n\"'<>&;,");
    private static readonly SearchValues<char> NameStarts = SearchValues.Create(" \t\r\n\"'<>&;,?({");

    /// <summary>Whether a name says that its value is a secret; case, underscores and hyphens do not matter.</summary>
    public static bool IsSecretName(ReadOnlySpan<char> name)
    {
        Span<char> letters = stackalloc char[64];
        var length = 0;
        foreach (var letter in name)
        {
            if (letter is not ('_' or '-' or '.' or ' ') && length < letters.Length)
            {
                letters[length++] = char.ToLowerInvariant(letter);
            }
        }

        foreach (var secret in SecretNames)
        {
            if (letters[..length].IndexOf(secret) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The text without the secrets that its form gives away; the same string where there are none.</summary>
    public static string Text(string text)
    {
        if (text.Contains("://", StringComparison.Ordinal))
        {
            text = MaskUserInfo(text);
        }

        return text.Contains('=', StringComparison.Ordinal) ? MaskPairs(text) : text;
    }

    /// <summary><c>redis://user:word@host</c> becomes <c>redis://:***@host</c>.</summary>
    private static string MaskUserInfo(string text)
    {
        StringBuilder? masked = null;
        var copied = 0;
        for (var scheme = text.IndexOf("://", StringComparison.Ordinal); scheme >= 0; scheme = text.IndexOf("://", scheme + 3, StringComparison.Ordinal))
        {
            var start = scheme + 3;
            var length = text.AsSpan(start).IndexOfAny(UrlEnds);
            var at = text.AsSpan(start, length < 0 ? text.Length - start : length).LastIndexOf('@');
            if (at >= 0)
            {
                masked = (masked ?? new StringBuilder()).Append(text, copied, start - copied).Append(':').Append(Mask);
                copied = start + at;
            }
        }

        return masked is null ? text : masked.Append(text, copied, text.Length - copied).ToString();
    }

    /// <summary><c>Password=word;</c> becomes <c>Password=***;</c>.</summary>
    private static string MaskPairs(string text)
    {
        StringBuilder? masked = null;
        var copied = 0;
        for (var equals = text.IndexOf('='); equals >= 0; equals = equals + 1 < text.Length ? text.IndexOf('=', equals + 1) : -1)
        {
            var before = text.AsSpan(copied, Math.Max(0, equals - copied)).TrimEnd();
            var name = before[(before.LastIndexOfAny(NameStarts) + 1)..];
            var length = text.AsSpan(equals + 1).IndexOfAny(ValueEnds);
            length = length < 0 ? text.Length - equals - 1 : length;
            if (length > 0 && IsSecretName(name))
            {
                masked = (masked ?? new StringBuilder()).Append(text, copied, equals + 1 - copied).Append(Mask);
                copied = equals + 1 + length;
            }
        }

        return masked is null ? text : masked.Append(text, copied, text.Length - copied).ToString();
    }
}
