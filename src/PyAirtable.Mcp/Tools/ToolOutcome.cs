using System.Text;
using System.Text.Json;
using PyAirtable.Hosting.Errors;

namespace PyAirtable.Mcp.Tools;

/// <summary>What came of a tool: a text for the model (upstream contract 1.4), and the result behind it where that is a JSON object. The bytes are of
/// the shared pool: whoever has written them disposes it, and must not use it afterwards.</summary>
internal sealed class ToolOutcome : IDisposable
{
    // What a text is longer than its JSON, seen of records; more is made room for.
    private const double TextBytesPerByte = 2.5;
    private const int SmallestText = 256;

    private readonly PooledBytes? _json;
    private readonly PooledBytes? _printed;
    private readonly string? _text;

    /// <summary>A text as it is.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isError">Whether it tells of a failure.</param>
    /// <param name="value">The object that the text is; null for none.</param>
    public ToolOutcome(string text, bool isError, PooledBytes? value = null) => (_text, IsError, _json) = (text, isError, value);

    private ToolOutcome(PooledBytes? json, PooledBytes printed) => (_json, _printed) = (json, printed);

    /// <summary>Whether it failed.</summary>
    public bool IsError { get; }

    /// <summary>The result as compact JSON where it is an object; empty else.</summary>
    public ReadOnlyMemory<byte> Value => _json?.Memory ?? default;

    /// <summary>The text.</summary>
    public string Text
    {
        get
        {
            if (_text is not null)
            {
                return _text;
            }
            var reader = new Utf8JsonReader(_printed!.Span);
            reader.Read();
            return reader.GetString()!;
        }
    }

    /// <summary>A result, which is printed as Python does.</summary>
    /// <param name="json">JSON; it is this one's now.</param>
    /// <exception cref="ToolFailedException">It is no JSON.</exception>
    public static ToolOutcome Of(PooledBytes json)
    {
        var printed = new PooledBytes(SmallestText + (int)(json.Length * TextBytesPerByte));
        if (!PythonText.TryWrite(json.Span, printed, out var form))
        {
            json.Dispose();
            printed.Dispose();
            throw new ToolFailedException("Expecting value: line 1 column 1 (char 0)");
        }
        if (form == JsonForm.Blanks)
        {
            json.Truncate(JsonBlanks.Strip(json.Span));
        }
        if (form != JsonForm.HalfPairs && json.Span[0] == '{')
        {
            return new ToolOutcome(json, printed);
        }
        json.Dispose();
        return new ToolOutcome(null, printed);
    }

    /// <summary>A failure.</summary>
    public static ToolOutcome Failed(string reason) => new($"Error: {reason}", isError: true);

    /// <summary>The text as a string of JSON, with its quotes.</summary>
    public ReadOnlyMemory<byte> QuotedText() => _printed?.Memory ?? Quote(_text!);

    /// <inheritdoc/>
    public void Dispose()
    {
        _json?.Dispose();
        _printed?.Dispose();
    }

    /// <summary>A text as a string of JSON.</summary>
    // By way of UTF-8, which a half surrogate pair cannot get through.
    internal static byte[] Quote(string text) => [(byte)'"', .. JsonEncodedText.Encode(Encoding.UTF8.GetBytes(text), MinimalJsonEncoder.Instance).EncodedUtf8Bytes, (byte)'"'];
}
