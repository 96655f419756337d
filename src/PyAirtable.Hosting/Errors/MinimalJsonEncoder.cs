using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace PyAirtable.Hosting.Errors;

/// <summary>
/// Escapes only what JSON demands: quotes, backslashes and control characters, as Python's
/// <c>json.dumps(ensure_ascii=False)</c> does. The framework's most relaxed encoder still escapes emoji and line separators.
/// Not for text that is pasted into HTML.
/// </summary>
public sealed class MinimalJsonEncoder : JavaScriptEncoder
{
    private const string Control =
        "\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b\f\r\u000e\u000f" +
        "\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f";

    private static readonly SearchValues<char> Escaped = SearchValues.Create(Control + "\"\\");
    private static readonly SearchValues<byte> EscapedUtf8 = SearchValues.Create(Encoding.ASCII.GetBytes(Control + "\"\\"));

    private MinimalJsonEncoder()
    {
    }

    /// <summary>The one instance; it has no state.</summary>
    public static MinimalJsonEncoder Instance { get; } = new();

    /// <inheritdoc/>
    public override int MaxOutputCharactersPerInputCharacter => 6;

    /// <inheritdoc/>
    public override bool WillEncode(int unicodeScalar) => unicodeScalar is < 0x20 or '"' or '\\';

    /// <inheritdoc/>
    public override unsafe int FindFirstCharacterToEncode(char* text, int textLength)
    {
        var span = new ReadOnlySpan<char>(text, textLength);
        var first = span.IndexOfAny(Escaped);
        var clean = first < 0 ? span : span[..first];
        var lone = FindLoneSurrogate(clean);
        return lone < 0 ? first : lone;
    }

    /// <inheritdoc/>
    public override int FindFirstCharacterToEncodeUtf8(ReadOnlySpan<byte> utf8Text)
    {
        var first = utf8Text.IndexOfAny(EscapedUtf8);
        return Utf8.IsValid(first < 0 ? utf8Text : utf8Text[..first]) ? first : base.FindFirstCharacterToEncodeUtf8(utf8Text);
    }

    /// <inheritdoc/>
    public override unsafe bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
    {
        var output = new Span<char>(buffer, bufferLength);
        var shortForm = unicodeScalar switch
        {
            '"' => '"',
            '\\' => '\\',
            '\n' => 'n',
            '\r' => 'r',
            '\t' => 't',
            '\b' => 'b',
            '\f' => 'f',
            _ => '\0',
        };
        if (shortForm != '\0')
        {
            numberOfCharactersWritten = 2;
            return "\\".TryCopyTo(output) && new ReadOnlySpan<char>(in shortForm).TryCopyTo(output[1..]);
        }

        return output.TryWrite($"\\u{unicodeScalar:x4}", out numberOfCharactersWritten);
    }

    private static int FindLoneSurrogate(ReadOnlySpan<char> text)
    {
        for (var from = 0; ;)
        {
            var next = text[from..].IndexOfAnyInRange('\ud800', '\udfff');
            if (next < 0)
            {
                return -1;
            }

            from += next;
            if (Rune.DecodeFromUtf16(text[from..], out _, out var consumed) != OperationStatus.Done)
            {
                return from;
            }

            from += consumed;
        }
    }
}
