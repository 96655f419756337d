using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace PyAirtable.Load.Upstream;

/// <summary>JSON to and fro, in FastAPI's manner.</summary>
internal static class JsonExchange
{
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    /// <summary>The request's JSON; null if it is none.</summary>
    public static async ValueTask<JsonDocument?> ReadAsync(HttpContext context)
    {
        try
        {
            return await JsonDocument.ParseAsync(context.Request.Body);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Answers JSON.</summary>
    public static Task WriteAsync(HttpContext context, int status, Action<Utf8JsonWriter> write)
    {
        var buffer = _buffer ??= new ArrayBufferWriter<byte>(4096);
        buffer.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(buffer))
        {
            write(json);
        }
        return WriteAsync(context, status, buffer.WrittenSpan);
    }

    /// <summary>Answers JSON that is written already.</summary>
    public static Task WriteAsync(HttpContext context, int status, ReadOnlySpan<byte> json)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = "application/json";
        response.ContentLength = json.Length;
        if (context.Request.Headers["X-Trace-ID"] is { Count: > 0 } trace)
        {
            response.Headers["X-Trace-ID"] = trace;
        }
        response.BodyWriter.Write(json);
        return response.BodyWriter.FlushAsync().AsTask();
    }

    /// <summary>Answers an error with its text (<c>{"detail":…}</c>).</summary>
    public static Task FailAsync(HttpContext context, int status, string detail) => WriteAsync(context, status, json =>
    {
        json.WriteStartObject();
        json.WriteString("detail", detail);
        json.WriteEndObject();
    });

    /// <summary>Answers 422 for a member of the body that is missing or of another kind.</summary>
    public static Task RefuseAsync(HttpContext context, string member) => WriteAsync(context, StatusCodes.Status422UnprocessableEntity, json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("detail");
        json.WriteStartObject();
        json.WriteString("type", "missing");
        json.WriteStartArray("loc");
        json.WriteStringValue("body");
        json.WriteStringValue(member);
        json.WriteEndArray();
        json.WriteString("msg", "Field required");
        json.WriteNull("input");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <summary>Text of a member, if it is one.</summary>
    public static string? Text(JsonDocument? body, string member) =>
        body?.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
