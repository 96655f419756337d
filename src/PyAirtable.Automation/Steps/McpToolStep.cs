using System.Text;
using System.Text.Json;
using PyAirtable.Automation.Replies;
using PyAirtable.Automation.Upstreams;

namespace PyAirtable.Automation.Steps;

/// <summary>
/// <c>mcp_tool</c>: has the MCP server run a tool (upstream contract 1.3). The server calls every outcome a success, so failures are told
/// by their text (upstream contract 1.4 and 5.4).
/// </summary>
/// <param name="server">The MCP server.</param>
internal sealed class McpToolStep(UpstreamService server) : IStep
{
    private static readonly string[] FailurePrefixes = ["Error: ", "Security Error: ", "Unknown tool: "];

    public async Task<string> RunAsync(JsonElement step, StepContext context, CancellationToken cancel)
    {
        var tool = StepFields.Text(step, "tool", context) ?? throw new StepFailedException("No tool specified for MCP tool step");
        var arguments = StepFields.Object(step, "arguments", context);
        var body = JsonReply.Bytes((tool, arguments), static (json, call) =>
        {
            json.WriteString("name"u8, call.tool);
            JsonReply.WriteRaw(json, "arguments"u8, Encoding.UTF8.GetString(call.arguments));
        });
        var answer = await UpstreamStep.CallAsync(server, "MCP", "/tools/call", body, context, cancel);
        var result = ResultOf(answer);
        return JsonReply.Text((tool, result), static (json, done) =>
        {
            json.WriteString("tool"u8, done.tool);
            JsonReply.WriteRaw(json, "result"u8, done.result);
        });
    }

    // JSON in the text is the result itself; other text is told as it is.
    private static string ResultOf(JsonElement answer)
    {
        if (HasFailed(answer))
        {
            throw Failure(ErrorOf(answer));
        }
        var text = TextOf(answer) ?? throw new StepFailedException("MCP request failed: invalid answer");
        if (Array.Find(FailurePrefixes, prefix => text.StartsWith(prefix, StringComparison.Ordinal)) is not null)
        {
            throw Failure(text);
        }
        try
        {
            var value = JsonElement.Parse(text);
            return HasFailed(value) ? throw Failure(ErrorOf(value)) : JsonReply.Compact(value, "null");
        }
        catch (JsonException)
        {
            return JsonReply.Text(text, static (json, text) => json.WriteString("content"u8, text));
        }
    }

    private static bool HasFailed(JsonElement answer) =>
        answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("success", out var success) && success.ValueKind == JsonValueKind.False;

    private static string ErrorOf(JsonElement answer) =>
        answer.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.String ? error.GetString()! : "unknown error";

    private static string? TextOf(JsonElement answer) =>
        answer.TryGetProperty("result", out var items) && items.ValueKind == JsonValueKind.Array && items.GetArrayLength() > 0
        && items[0] is { ValueKind: JsonValueKind.Object } item && item.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String
            ? text.GetString()
            : null;

    // The server's texts name addresses of the inside, after the reason and in further lines (M6).
    private static StepFailedException Failure(string text)
    {
        var line = text.AsSpan(0, text.IndexOf('\n', StringComparison.Ordinal) is >= 0 and var end ? end : text.Length);
        var url = line.IndexOf(" for url '", StringComparison.Ordinal);
        return new StepFailedException($"MCP tool failed: {line[..(url < 0 ? line.Length : url)]}");
    }
}
