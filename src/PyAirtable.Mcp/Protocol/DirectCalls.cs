using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Serving;
using PyAirtable.Mcp.Protocol.Streams;
using PyAirtable.Mcp.Python;
using PyAirtable.Mcp.Tools;

namespace PyAirtable.Mcp.Protocol;

/// <summary>
/// Answers direct calls of native tools: one event, whose bytes are put together of the tool's, and nothing of the session's server is woken. Its client
/// sees no difference.
/// </summary>
/// <param name="tools">The tools.</param>
internal sealed class DirectCalls(ToolRunner tools)
{
    private static readonly byte[] Value = "}],\"structuredContent\":"u8.ToArray();
    private static readonly byte[] SucceededWithValue = ",\"isError\":false}}\n\n"u8.ToArray();
    private static readonly byte[] Succeeded = "}],\"isError\":false}}\n\n"u8.ToArray();
    private static readonly byte[] Failed = "}],\"isError\":true}}\n\n"u8.ToArray();

    /// <summary>The call that a message is; null where it is none, or not of a native tool.</summary>
    public DirectCall? Find(ReadOnlySpan<byte> body) => DirectCall.TryRead(body) is { } call && tools.IsNative(call.Tool) ? call : null;

    /// <summary>Runs one and answers. One that is cancelled is answered with no event.</summary>
    public async Task AnswerAsync(RequestContext request, Session session, Caller caller, DirectCall call)
    {
        var http = request.Http;
        if (!session.TryEnter())
        {
            await RpcError.WriteAsync(http, StatusCodes.Status404NotFound, RpcError.NoSession, "Session not found");
            return;
        }
        McpEndpoint.Begin(http, session);
        var id = call.RequestId;
        var running = session.Calls.Begin(id, request.Aborted);
        try
        {
            using var outcome = await RunAsync(caller, call, running.Token);
            await RawAnswer.WriteAsync(http, McpEndpoint.EventStream, EventOf(call, outcome));
        }
        catch (OperationCanceledException) when (!request.Aborted.IsCancellationRequested)
        {
            http.Response.ContentLength = 0;
        }
        finally
        {
            session.Calls.End(id, running);
            session.Leave();
        }
    }

    /// <summary>Runs one whose answer outlives its connection.</summary>
    public async Task AnswerAsync(Answer answer, Caller caller, DirectCall call)
    {
        using var outcome = await RunAsync(caller, call, answer.Stopped);
        await answer.Events.Add(EventOf(call, outcome), out _);
    }

    private Task<ToolOutcome> RunAsync(Caller caller, DirectCall call, CancellationToken cancel) => tools.RunAsync(
        tools.Find(call.Tool)!,
        new ToolCall(call.Tool, ToolCall.ByName(call.Arguments), caller),
        faults => ToolHandlers.Describe(call.Tool, faults),
        cancel);

    // Its pieces, in their order.
    private static ReadOnlyMemory<byte>[] EventOf(DirectCall call, ToolOutcome outcome)
    {
        byte[] start = [.. "event: message\ndata: {\"jsonrpc\":\"2.0\",\"id\":"u8, .. call.RawId, .. ",\"result\":{\"content\":[{\"type\":\"text\",\"text\":"u8];
        return outcome.IsError ? [start, ToolOutcome.Quote(PythonAnswer.WithoutAddresses(outcome.Text)), Failed]
            : outcome.Value.IsEmpty ? [start, outcome.QuotedText(), Succeeded]
            : [start, outcome.QuotedText(), Value, outcome.Value, SucceededWithValue];
    }
}
