using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Errors;

namespace PyAirtable.Hosting.Serving;

/// <summary>Answers whose JSON object is written by hand, since its order and number forms are part of the contract.</summary>
public static class JsonAnswer
{
    /// <summary>Compact, and only escaped where JSON demands it.</summary>
    public static JsonWriterOptions Compact { get; } = new() { Encoder = MinimalJsonEncoder.Instance, SkipValidation = true };

    /// <summary>Answers with one object, whose members <paramref name="write"/> adds.</summary>
    public static Task WriteAsync<TState>(HttpContext http, int status, TState state, Action<Utf8JsonWriter, TState> write)
    {
        var body = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(body, Compact))
        {
            json.WriteStartObject();
            write(json, state);
            json.WriteEndObject();
        }
        return new PreparedAnswer(status, PreparedAnswer.Json, body.WrittenMemory).WriteAsync(http);
    }
}
