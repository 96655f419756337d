using System.Buffers;
using System.Text.Json;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Gateway.WebSockets;

/// <summary>The texts that the gateway sends (gateway contract 2.4 and 2.5).</summary>
internal static class Frames
{
    private const int LargestScratch = 64 << 10;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _scratch;

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    /// <summary>An application ping.</summary>
    public static ReadOnlyMemory<byte> Ping(DateTimeOffset now) => Write("ping", now, null, null);

    /// <summary>The answer to a client's ping.</summary>
    public static ReadOnlyMemory<byte> Pong(DateTimeOffset now) => Write("pong", now, null, null);

    /// <summary>A data message.</summary>
    public static ReadOnlyMemory<byte> Data(string sessionId, SessionMessage message, DateTimeOffset now) =>
        Write(message.Type, now, sessionId, json => json.WriteRawValue(message.Data.Span, skipInputValidation: true));

    /// <summary>An error, such as code <c>rate_limited</c>.</summary>
    public static ReadOnlyMemory<byte> Error(string sessionId, string code, string text, DateTimeOffset now) => Write("error", now, sessionId, json =>
    {
        json.WriteStartObject();
        json.WriteString("error_code"u8, code);
        json.WriteString("message"u8, text);
        json.WriteString("timestamp"u8, WireTimestamp.Of(now));
        json.WriteEndObject();
    });

    private static ReadOnlyMemory<byte> Write(string type, DateTimeOffset now, string? sessionId, Action<Utf8JsonWriter>? writeData)
    {
        // Each thread keeps one to write in: what is made anew is the frame alone.
        var text = _scratch ??= new ArrayBufferWriter<byte>(1024);
        var json = _writer ??= new Utf8JsonWriter(text, JsonAnswer.Compact);
        text.ResetWrittenCount();
        json.Reset();
        json.WriteStartObject();
        json.WriteString("type"u8, type);
        json.WriteString("timestamp"u8, WireTimestamp.Of(now));
        if (writeData is not null)
        {
            json.WriteString("session_id"u8, sessionId);
            json.WritePropertyName("data"u8);
            writeData(json);
        }
        json.WriteEndObject();
        json.Flush();
        var frame = text.WrittenSpan.ToArray();
        if (text.Capacity > LargestScratch)
        {
            (_scratch, _writer) = (null, null);
        }
        return frame;
    }
}
