using System.Buffers;
using System.Text.Json;
using PyAirtable.Hosting.Errors;

namespace PyAirtable.Gateway.Relaying;

/// <summary>
/// One pass over a JSON text that checks it and leaves out what is not needed in it. Stretches that are as they should be are
/// copied whole, and a text that is compact already is not copied at all.
/// </summary>
internal ref struct JsonCompaction
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = PassThroughJson.MaxDepth };

    private readonly ReadOnlySpan<byte> _text;
    private byte[]? _output;
    private int _written;
    // From here to _end the text is as it should be, and not copied yet.
    private int _start;
    private int _end;

    private JsonCompaction(ReadOnlySpan<byte> text) => _text = text;

    /// <summary>Makes the compact form of valid UTF-8; false where that needs more than one pass, since keys are repeated, escaped
    /// without need, or too many.</summary>
    /// <exception cref="JsonException">The text is no JSON.</exception>
    /// <exception cref="InvalidOperationException">The text holds half a surrogate pair.</exception>
    public static bool TryRun(ReadOnlyMemory<byte> text, out ReadOnlyMemory<byte> json)
    {
        var pass = new JsonCompaction(text.Span);
        var done = pass.Run();
        json = pass._output is null ? text[pass._start..pass._end] : pass._output.AsMemory(0, pass._written);
        return done;
    }

    private bool Run()
    {
        var reader = new Utf8JsonReader(_text, Options);
        var names = new JsonNames(_text, stackalloc int[JsonNames.FirstCapacity], stackalloc (int, int)[JsonNames.FirstCapacity]);
        byte separator = 0;
        while (reader.Read())
        {
            var start = (int)reader.TokenStartIndex;
            var token = reader.TokenType;
            Join(start, token is JsonTokenType.EndObject or JsonTokenType.EndArray ? (byte)0 : separator);
            _end = start + reader.ValueSpan.Length;
            separator = (byte)',';
            switch (token)
            {
                case JsonTokenType.PropertyName:
                    _end += 2;
                    separator = (byte)':';
                    if ((reader.ValueIsEscaped && !IsMinimal(reader.ValueSpan)) || !names.TryAdd(start + 1, reader.ValueSpan.Length))
                    {
                        return false;
                    }
                    break;
                case JsonTokenType.String:
                    _end += 2;
                    if (reader.ValueIsEscaped && !IsMinimal(reader.ValueSpan))
                    {
                        Rewrite(reader, start);
                    }
                    break;
                case JsonTokenType.StartObject:
                    names.Open();
                    separator = 0;
                    break;
                case JsonTokenType.StartArray:
                    separator = 0;
                    break;
                case JsonTokenType.EndObject:
                    names.Close();
                    break;
            }
        }
        if (_output is not null)
        {
            Copy();
        }
        return true;
    }

    private void Join(int start, byte separator)
    {
        if (start - _end == (separator == 0 ? 0 : 1))
        {
            return;
        }
        if (_end > 0)
        {
            Copy();
            if (separator != 0)
            {
                _output![_written++] = separator;
            }
        }
        _start = start;
    }

    // What is written is never longer than what was read.
    private void Copy()
    {
        _output ??= new byte[_text.Length];
        _text[_start.._end].CopyTo(_output.AsSpan(_written));
        _written += _end - _start;
    }

    private void Rewrite(in Utf8JsonReader reader, int start)
    {
        var (next, length) = (_end, reader.ValueSpan.Length);
        _end = start + 1;
        Copy();
        var plain = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            var count = reader.CopyString(plain);
            MinimalJsonEncoder.Instance.EncodeUtf8(plain.AsSpan(0, count), _output.AsSpan(_written), out _, out var written);
            _written += written;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(plain);
        }
        (_start, _end) = (next - 1, next);
    }

    // Whether a string has no escape but those that JSON demands, in their shortest form.
    private static bool IsMinimal(ReadOnlySpan<byte> text)
    {
        for (var at = text.IndexOf((byte)'\\'); at >= 0;)
        {
            text = text[(at + 1)..];
            if (text[0] == 'u' && !IsControl(text[1..5]))
            {
                return false;
            }
            if (text[0] == '/')
            {
                return false;
            }
            text = text[1..];
            at = text.IndexOf((byte)'\\');
        }
        return true;
    }

    private static bool IsControl(ReadOnlySpan<byte> digits) =>
        digits[..2].SequenceEqual("00"u8) && digits[2] is (byte)'0' or (byte)'1'
        && digits[3] is (>= (byte)'0' and <= (byte)'9') or (>= (byte)'a' and <= (byte)'f')
        && (digits[2] == '1' || digits[3] is not ((byte)'8' or (byte)'9' or (byte)'a' or (byte)'c' or (byte)'d'));
}
