using System.Collections.Concurrent;
using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using PyAirtable.Mcp.Python;
using PyAirtable.Mcp.Tools;

namespace PyAirtable.Mcp.Protocol;

/// <summary><c>tools/list</c> and <c>tools/call</c>.</summary>
internal sealed class ToolHandlers(ToolRunner tools)
{
    private static readonly IDictionary<string, JsonElement> NoArguments = new Dictionary<string, JsonElement>();

    /// <summary>The tools that the caller may call.</summary>
    public async ValueTask<ListToolsResult> ListAsync(RequestContext<ListToolsRequestParams> request, CancellationToken cancel)
    {
        var list = await tools.ListAsync(RequestCaller.Of(request.JsonRpcRequest).Caller, cancel);
        return new ListToolsResult { Tools = [.. list.Select(static tool => new Tool { Name = tool.Name, Description = tool.Description, InputSchema = tool.InputSchema })] };
    }

    /// <summary>Calls one. Arguments that do not fit are an error of the tool, so that a model sees it and can do better (upstream contract 5.4).</summary>
    public async ValueTask<CallToolResult> CallAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancel)
    {
        var name = request.Params!.Name;
        if (tools.Find(name) is not { } tool)
        {
            throw new McpProtocolException($"Unknown tool: {name}", McpErrorCode.InvalidParams);
        }
        var (caller, log, aborted) = RequestCaller.Of(request.JsonRpcRequest);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, aborted);
        var call = new ToolCall(name, request.Params.Arguments ?? NoArguments, caller) { Progress = ProgressOf(request, cancel) };
        // A schema that several calls wait for is read on, and tells of it, after the first of them has given up.
        var told = new ConcurrentQueue<Task>();
        void Tell(LoggingLevel level, string message) => told.Enqueue(request.Server.SendMessageAsync(ClientLog.Message(level, "tools", message, caller.TraceId), cancel));
        if (log.Wants(LoggingLevel.Info))
        {
            CallNotes.Listen(note => Tell(LoggingLevel.Info, $"{name}: {note}"));
        }
        await call.ReportAsync(0, 1, $"{name} started");
        using var outcome = await tools.RunAsync(tool, call, faults => Describe(name, faults), either.Token);
        await call.ReportAsync(1, 1, $"{name} ended");
        var result = ResultOf(outcome);
        var level = outcome.IsError ? LoggingLevel.Error : LoggingLevel.Debug;
        if (log.Wants(level))
        {
            Tell(level, outcome.IsError ? $"{name} failed: {((TextContentBlock)result.Content[0]).Text}" : $"{name} succeeded");
        }
        await Task.WhenAll(told);
        return result;
    }

    /// <summary>Takes the least level of what the client wants to be told.</summary>
    public static ValueTask<EmptyResult> SetLevelAsync(RequestContext<SetLevelRequestParams> request, CancellationToken cancel)
    {
        RequestCaller.Of(request.JsonRpcRequest).Log.SetLevel(request.Params!.Level);
        return new(new EmptyResult());
    }

    /// <summary>The text for arguments that do not fit.</summary>
    internal static string Describe(string tool, IReadOnlyList<ArgumentFault> faults) => $"Invalid arguments for {tool}: {string.Join("; ", faults)}";

    private static CallToolResult ResultOf(ToolOutcome outcome) => new()
    {
        Content = [new TextContentBlock { Text = outcome.IsError ? PythonAnswer.WithoutAddresses(outcome.Text) : outcome.Text }],
        IsError = outcome.IsError,
        StructuredContent = outcome.IsError || outcome.Value.IsEmpty ? null : JsonElement.Parse(outcome.Value.Span),
    };

    private static Func<int, int, string, Task>? ProgressOf(RequestContext<CallToolRequestParams> request, CancellationToken cancel)
    {
        if (request.Params!.ProgressToken is not { } token)
        {
            return null;
        }
        // A tool tells its steps, this how far the whole is: it must only grow.
        var last = -1.0;
        return async (done, total, message) =>
        {
            var progress = (double)done / total;
            if (progress > last)
            {
                last = progress;
                await request.Server.NotifyProgressAsync(token, new ProgressNotificationValue { Progress = (float)progress, Total = 1, Message = message }, cancellationToken: cancel);
            }
        };
    }
}
