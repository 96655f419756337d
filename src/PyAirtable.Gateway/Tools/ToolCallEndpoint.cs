using PyAirtable.Gateway.Forwarding;
using PyAirtable.Gateway.Relaying;
using PyAirtable.Gateway.WebSockets;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Gateway.Tools;

/// <summary><c>POST /api/execute-tool</c> (gateway contract 1.5).</summary>
/// <param name="relay">Asks for a result.</param>
/// <param name="streams">Asks for progress and a result.</param>
/// <param name="llm">Who gives results.</param>
/// <param name="mcp">Who gives progress.</param>
/// <param name="messages">Where the progress goes.</param>
/// <param name="clock">The clock.</param>
internal sealed class ToolCallEndpoint(Relay relay, StreamRelay streams, Upstream llm, Upstream mcp, ISessionMessages messages, TimeProvider clock)
{
    /// <summary>Answers once with the result; if a session is to see the progress, its WebSocket clients do meanwhile.</summary>
    public async Task PostAsync(RequestContext request)
    {
        var http = request.Http;
        var text = await BodyBytes.ReadAsync(http.Request, request.Aborted);
        if (ToolCall.Read(text, out var call) is { } fault)
        {
            await fault.WriteAsync(http);
        }
        else if (call.Session is { } session)
        {
            var progress = new ToolProgress(session, call.Tool, messages, clock, request.Aborted);
            var error = await streams.ReadAsync(request, mcp, "/tools/execute", call.Body, "Tool execution error", progress.TakeAsync);
            await progress.WriteAsync(http, error);
        }
        else
        {
            await relay.AnswerAsync(request, llm, "POST", "/execute-tool", call.Body);
        }
    }
}
