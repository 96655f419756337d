using System.Text.Json;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Requests;
using PyAirtable.Hosting.Serving;
using PyAirtable.Mcp.Tools;

namespace PyAirtable.Mcp.Rest;

/// <summary><c>POST /tools/execute</c>: a tool's progress and result as JSON documents, a line each, sent as they come (upstream contract 5.2).
/// The Python server never had this route that the gateway calls.</summary>
internal sealed class ToolExecuteEndpoint(ToolRunner tools, int maxBytes)
{
    /// <summary>Answers.</summary>
    public async Task PostAsync(RequestContext request, Caller caller)
    {
        var http = request.Http;
        var body = await JsonBody.ReadAsync(http, maxBytes, request.Aborted);
        if (body.Fault is { } fault)
        {
            await fault.WriteAsync(http);
            return;
        }
        var errors = new ValidationErrors();
        var fields = body.Fields(errors);
        var (name, arguments) = (fields.Text("tool_name"), fields.ObjectValueOrAbsent("arguments"));
        if (errors.Any)
        {
            await errors.WriteAsync(http);
            return;
        }
        http.Response.ContentType = "application/x-ndjson";
        await WriteAsync(request, json => WriteState(json, "running", 0, $"Executing {name}"));
        using var outcome = await RestTools.RunAsync(tools, name, arguments, caller, request.Aborted);
        await WriteAsync(request, json =>
        {
            if (outcome.IsError)
            {
                json.WriteString("status"u8, "failed"u8);
                json.WriteString("message"u8, outcome.Text);
                return;
            }
            WriteState(json, "completed", 100, "");
            json.WritePropertyName("result"u8);
            WriteResult(json, outcome);
        });
    }

    private static void WriteState(Utf8JsonWriter json, string status, int progress, string message)
    {
        json.WriteString("status"u8, status);
        json.WriteNumber("progress"u8, progress);
        json.WriteString("message"u8, message);
    }

    private static void WriteResult(Utf8JsonWriter json, ToolOutcome outcome)
    {
        if (outcome.Value.Length > 0)
        {
            json.WriteRawValue(outcome.Value.Span, skipInputValidation: true);
            return;
        }
        json.WriteStartObject();
        json.WriteString("content"u8, outcome.Text);
        json.WriteEndObject();
    }

    private static async Task WriteAsync(RequestContext request, Action<Utf8JsonWriter> write)
    {
        var bytes = BuiltJson.Bytes(write);
        await request.Http.Response.Body.WriteAsync((byte[])[.. bytes, (byte)'\n'], request.Aborted);
        await request.Http.Response.Body.FlushAsync(request.Aborted);
        request.BytesSent = (request.BytesSent ?? 0) + bytes.Length + 1;
    }
}
