using System.Buffers;
using Microsoft.AspNetCore.Http;
using PyAirtable.Gateway.WebSockets;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Gateway.Relaying;

/// <summary>Bytes of the answers and messages that come of an upstream's stream.</summary>
internal static class StreamAnswer
{
    /// <summary>Answers 200 with <c>{"error":"…"}</c>: a stream that fails has no status of its own (D12).</summary>
    public static Task WriteErrorAsync(HttpContext http, string error) =>
        JsonAnswer.WriteAsync(http, StatusCodes.Status200OK, error, static (json, text) => json.WriteString("error"u8, text));

    /// <summary>Answers 200 with JSON.</summary>
    public static Task WriteAsync(HttpContext http, ReadOnlyMemory<byte> json) =>
        new PreparedAnswer(StatusCodes.Status200OK, PreparedAnswer.Json, json).WriteAsync(http);

    /// <summary>Adds a value; <paramref name="missing"/> where it is empty.</summary>
    public static ArrayBufferWriter<byte> Add(this ArrayBufferWriter<byte> json, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, ReadOnlySpan<byte> missing)
    {
        json.Write(name);
        json.Write(value.IsEmpty ? missing : value);
        return json;
    }

    /// <summary>Adds <c>,"timestamp":…}</c> (gateway contract 2.4).</summary>
    public static ArrayBufferWriter<byte> End(this ArrayBufferWriter<byte> json, DateTimeOffset now)
    {
        json.Write(",\"timestamp\":\""u8);
        json.Advance(WireTimestamp.Write(json.GetSpan(WireTimestamp.MaxLength), now));
        json.Write("\"}"u8);
        return json;
    }
}
