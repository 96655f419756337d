using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Errors;

namespace PyAirtable.Hosting.Serving;

/// <summary>Answers whose JSON object is written by hand, since its order and number forms are part of the contract.</summary>
public static class JsonAnswer
{
    private const int SmallestBuffer = 512;
    private const int LargestKept = 16 * 1024;

    // One per thread: most answers are small, and their memory would be most of a request's garbage.
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _body;

    [ThreadStatic]
    private static Utf8JsonWriter? _json;

    /// <summary>Compact, and only escaped where JSON demands it.</summary>
    public static JsonWriterOptions Compact { get; } = new() { Encoder = MinimalJsonEncoder.Instance, SkipValidation = true };

    /// <summary>Answers with one object, whose members <paramref name="write"/> adds.</summary>
    public static Task WriteAsync<TState>(HttpContext http, int status, TState state, Action<Utf8JsonWriter, TState> write)
    {
        var (body, json) = (_body ?? new ArrayBufferWriter<byte>(SmallestBuffer), _json);
        // What is written may answer by itself, and a large answer's memory is not kept.
        (_body, _json) = (null, null);
        json ??= new Utf8JsonWriter(body, Compact);
        json.WriteStartObject();
        write(json, state);
        json.WriteEndObject();
        json.Flush();
        // The server has copied the bytes when this returns, sent or not.
        var sent = new PreparedAnswer(status, PreparedAnswer.Json, body.WrittenMemory).WriteAsync(http);
        if (body.Capacity <= LargestKept)
        {
            body.ResetWrittenCount();
            json.Reset();
            (_body, _json) = (body, json);
        }
        return sent;
    }
}
