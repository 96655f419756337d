using System.Text;

namespace PyAirtable.Hosting.Serving;

/// <summary>
/// How the server is to read the value of <c>Content-Length</c>: digits are digits, and any other byte is nothing that it takes for part of
/// a number. It would else read <c>+3</c>, and control characters around a number, as that number (RFC 9110, 8.6: digits only).
/// </summary>
internal sealed class ContentLengthEncoding : Encoding
{
    /// <summary>The only one.</summary>
    public static readonly ContentLengthEncoding Instance = new();

    private const char NoDigit = '\ufffd';

    private ContentLengthEncoding()
    {
    }

    /// <inheritdoc/>
    /// <remarks>What does not fit is left out: the server has room for one digit more than it takes.</remarks>
    public override int GetChars(ReadOnlySpan<byte> bytes, Span<char> chars)
    {
        var length = Math.Min(bytes.Length, chars.Length);
        for (var i = 0; i < length; i++)
        {
            chars[i] = char.IsAsciiDigit((char)bytes[i]) ? (char)bytes[i] : NoDigit;
        }
        return length;
    }

    /// <inheritdoc/>
    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex) =>
        GetChars(bytes.AsSpan(byteIndex, byteCount), chars.AsSpan(charIndex));

    /// <inheritdoc/>
    public override int GetCharCount(byte[] bytes, int index, int count) => count;

    /// <inheritdoc/>
    public override int GetMaxCharCount(int byteCount) => byteCount;

    /// <inheritdoc/>
    public override int GetByteCount(char[] chars, int index, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override int GetMaxByteCount(int charCount) => throw new NotSupportedException();
}
