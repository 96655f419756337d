using System.Buffers;
using System.Text.Json;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Gateway.WebSockets;

/// <summary>The texts that the gateway sends (gateway contract 2.4 and 2.5).</summary>
internal static class Frames
{
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
        var text = new ArrayBufferWriter<byte>(256);
        using var json = new Utf8JsonWriter(text, JsonAnswer.Compact);
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
        return text.WrittenMemory;
    }
}
