using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace PyAirtable.Load.Upstream;

/// <summary>Routes of the LLM orchestrator that are asked for (upstream contract 2.1 to 2.5). The model's answer is made from the message; sessions are in memory.</summary>
internal sealed class LlmOrchestrator(McpServer mcp)
{
    private readonly ChatSessions _sessions = new();

    /// <summary>Answers a request.</summary>
    public Task AnswerAsync(HttpContext context)
    {
        var path = (context.Request.Path.Value ?? "/").Split('/', StringSplitOptions.RemoveEmptyEntries);
        return (context.Request.Method, path) switch
        {
            ("GET", ["health"]) => JsonExchange.WriteAsync(context, 200, """{"status":"healthy","service":"llm-orchestrator","version":"2.0.0"}"""u8),
            ("POST", ["chat"]) => ChatAsync(context),
            ("GET", ["tools"]) => McpServer.ListAsync(context),
            ("POST", ["execute-tool"]) => ExecuteAsync(context),
            ("GET", ["sessions", var id, "history"]) => JsonExchange.WriteAsync(context, 200, json => _sessions.Write(json, id)),
            ("DELETE", ["sessions", var id]) => ClearAsync(context, id),
            _ => JsonExchange.FailAsync(context, StatusCodes.Status404NotFound, "Not Found"),
        };
    }

    private async Task ChatAsync(HttpContext context)
    {
        using var body = await JsonExchange.ReadAsync(context);
        if ((JsonExchange.Text(body, "message"), JsonExchange.Text(body, "session_id")) is not ({ } message, { } session))
        {
            await JsonExchange.RefuseAsync(context, JsonExchange.Text(body, "message") is null ? "message" : "session_id");
            return;
        }
        var answer = string.Create(CultureInfo.InvariantCulture, $"You asked in {message.Length} characters. There is one table, Tasks, with a hundred records; the newest are in progress.");
        _sessions.Add(session, message, answer);
        await JsonExchange.WriteAsync(context, 200, json =>
        {
            json.WriteStartObject();
            json.WriteString("response", answer);
            json.WriteString("thinking_process", "Native function calling; 1 tool call; budget 5");
            json.WriteStartArray("tools_used");
            json.WriteStringValue("list_tables");
            json.WriteEndArray();
            json.WriteString("session_id", session);
            json.WriteString("timestamp", TimeProvider.System.GetLocalNow().ToString("yyyy-MM-ddTHH:mm:ss.ffffff", CultureInfo.InvariantCulture));
            json.WriteNull("cost_info");
            json.WriteEndObject();
        });
    }

    private async Task ExecuteAsync(HttpContext context)
    {
        using var body = await JsonExchange.ReadAsync(context);
        if (JsonExchange.Text(body, "tool_name") is not { } name)
        {
            await JsonExchange.RefuseAsync(context, "tool_name");
            return;
        }
        if (!body!.RootElement.TryGetProperty("arguments", out var arguments) || arguments.ValueKind != JsonValueKind.Object)
        {
            await JsonExchange.RefuseAsync(context, "arguments");
            return;
        }
        var text = mcp.Run(name, arguments);
        await JsonExchange.WriteAsync(context, 200, json =>
        {
            json.WriteStartObject();
            json.WritePropertyName("result");
            if (text.StartsWith('{'))
            {
                using var result = JsonDocument.Parse(text);
                result.RootElement.WriteTo(json);
            }
            else
            {
                json.WriteStartObject();
                json.WriteString("content", text);
                json.WriteEndObject();
            }
            json.WriteString("tool", name);
            json.WriteEndObject();
        });
    }

    private Task ClearAsync(HttpContext context, string id) => !_sessions.Clear(id)
        ? JsonExchange.FailAsync(context, StatusCodes.Status500InternalServerError, "Error clearing session")
        : JsonExchange.WriteAsync(context, 200, json =>
        {
            json.WriteStartObject();
            json.WriteString("message", $"Session {id} cleared");
            json.WriteEndObject();
        });
}
