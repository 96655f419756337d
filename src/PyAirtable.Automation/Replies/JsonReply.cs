using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Automation.Replies;

/// <summary>JSON as the contract writes it: compact, members in the given order, only what must be escaped is escaped.</summary>
internal static class JsonReply
{
    /// <summary>Answers 200 with the object whose members <paramref name="write"/> writes.</summary>
    public static Task WriteAsync<TState>(HttpContext http, TState state, Action<Utf8JsonWriter, TState> write) =>
        JsonAnswer.WriteAsync(http, StatusCodes.Status200OK, state, write);

    /// <summary>The object as text.</summary>
    public static string Text<TState>(TState state, Action<Utf8JsonWriter, TState> write) => Encoding.UTF8.GetString(Buffer(state, write).WrittenSpan);

    /// <summary>The object in UTF-8.</summary>
    public static byte[] Bytes<TState>(TState state, Action<Utf8JsonWriter, TState> write) => Buffer(state, write).WrittenSpan.ToArray();

    /// <summary>A value in compact form; <paramref name="absent"/> where there is none.</summary>
    public static string Compact(JsonElement value, string absent)
    {
        if (value.ValueKind == JsonValueKind.Undefined)
        {
            return absent;
        }
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, JsonAnswer.Compact))
        {
            value.WriteTo(json);
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Writes a member that is JSON already.</summary>
    public static void WriteRaw(Utf8JsonWriter json, ReadOnlySpan<byte> name, string raw)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(raw, skipInputValidation: true);
    }

    /// <summary>Writes a number or null.</summary>
    public static void WriteNumber(Utf8JsonWriter json, ReadOnlySpan<byte> name, double? number)
    {
        if (number is { } value)
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static ArrayBufferWriter<byte> Buffer<TState>(TState state, Action<Utf8JsonWriter, TState> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, JsonAnswer.Compact))
        {
            json.WriteStartObject();
            write(json, state);
            json.WriteEndObject();
        }
        return buffer;
    }
}
