using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Errors;

namespace PyAirtable.Gateway.Families;

/// <summary>Answers whose JSON object is written by hand, since its order and number forms are part of the contract.</summary>
internal static class JsonAnswer
{
    /// <summary>Compact, and only escaped where JSON demands it.</summary>
    public static readonly JsonWriterOptions Compact = new() { Encoder = MinimalJsonEncoder.Instance, SkipValidation = true };

    /// <summary>Sends the object whose members <paramref name="write"/> writes.</summary>
    public static Task WriteAsync<TState>(HttpContext http, int status, TState state, Action<Utf8JsonWriter, TState> write)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Compact))
        {
            json.WriteStartObject();
            write(json, state);
            json.WriteEndObject();
        }
        return new PreparedAnswer(status, PreparedAnswer.Json, buffer.WrittenMemory).WriteAsync(http);
    }
}
