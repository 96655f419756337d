using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace PyAirtable.Testing.Airtable;

/// <summary>Answers of the Airtable gateway's stand-in, errors as in the upstream contract 3.2.</summary>
internal static class AirtableAnswer
{
    /// <summary>Answers JSON, with the trace id of the request.</summary>
    public static Task WriteAsync(HttpContext context, int status, Action<Utf8JsonWriter> write)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body))
        {
            write(json);
        }
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = "application/json";
        response.ContentLength = body.WrittenCount;
        if (context.Request.Headers["X-Trace-ID"] is { Count: > 0 } trace)
        {
            response.Headers["X-Trace-ID"] = trace;
        }
        return response.Body.WriteAsync(body.WrittenMemory).AsTask();
    }

    /// <summary>Answers an error with its text.</summary>
    public static Task FailAsync(HttpContext context, int status, string detail) => WriteAsync(context, status, json =>
    {
        json.WriteStartObject();
        json.WriteString("detail", detail);
        json.WriteEndObject();
    });

    /// <summary>Answers what Airtable's 404 becomes.</summary>
    public static Task FailMissingAsync(HttpContext context) =>
        FailAsync(context, StatusCodes.Status500InternalServerError, """('404 Client Error: Not Found for url: https://api.airtable.com/v0/…', "{'type': 'NOT_FOUND'}")""");

    /// <summary>Answers 422 for a member of the query or the body.</summary>
    public static Task RefuseAsync(HttpContext context, string place, string name) => WriteAsync(context, StatusCodes.Status422UnprocessableEntity, json =>
        json.WriteRawValue($$"""{"detail":[{"type":"value_error","loc":["{{place}}","{{name}}"],"msg":"Input is not valid","input":null}]}"""));
}
