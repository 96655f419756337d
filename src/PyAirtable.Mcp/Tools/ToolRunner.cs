using System.Diagnostics;
using Microsoft.Extensions.Logging;
using PyAirtable.Mcp.NativeTools;
using PyAirtable.Mcp.Python;

namespace PyAirtable.Mcp.Tools;

/// <summary>Runs tools: may the caller, are the arguments right, then here or in the Python server; counted and logged.</summary>
/// <param name="catalog">The tools.</param>
/// <param name="native">Those that run here, by name.</param>
/// <param name="python">The Python server; null where there is none.</param>
/// <param name="rules">Who may call which.</param>
/// <param name="metrics">What is counted.</param>
/// <param name="log">Names and times only: arguments are the users' data (M14).</param>
internal sealed partial class ToolRunner(
    ToolCatalog catalog, IReadOnlyDictionary<string, INativeTool> native, PythonServer? python, ToolRules rules, ToolMetrics metrics, ILogger log)
{
    /// <summary>Who may call which; may be replaced while calls are under way.</summary>
    public ToolRules Rules { get; set; } = rules;

    /// <summary>Whether a caller may know and call the tool.</summary>
    public bool IsAllowed(Caller caller, string tool) => Rules.Allow(caller.Key, tool);

    /// <summary>The tools that the caller may call.</summary>
    public async Task<IEnumerable<ToolDefinition>> ListAsync(Caller caller, CancellationToken cancel)
    {
        var tools = await catalog.ListAsync(caller.TraceId, cancel);
        return tools.Where(tool => IsAllowed(caller, tool.Name));
    }

    /// <summary>The tool of that name; null for none.</summary>
    public ToolDefinition? Find(string name) => catalog.Find(name);

    /// <summary>Whether a tool runs here.</summary>
    public bool IsNative(string name) => native.ContainsKey(name);

    /// <summary>Runs a tool whose arguments are not looked at yet.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="call">The call.</param>
    /// <param name="describe">The text for arguments that are wrong.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<ToolOutcome> RunAsync(ToolDefinition tool, ToolCall call, Func<IReadOnlyList<ArgumentFault>, string> describe, CancellationToken cancel)
    {
        var started = Stopwatch.GetTimestamp();
        var here = native.GetValueOrDefault(tool.Name);
        var (route, outcome) = (here is null ? "python" : "native", "cancelled");
        try
        {
            ToolOutcome result;
            if (!IsAllowed(call.Caller, tool.Name))
            {
                (result, outcome) = (ToolOutcome.Failed($"Tool '{tool.Name}' is not allowed for this API key"), "denied");
            }
            else if (ArgumentCheck.Check(call.Arguments, tool.InputSchema) is { Count: > 0 } faults)
            {
                (result, outcome) = (ToolOutcome.Failed(describe(faults)), "invalid");
            }
            else
            {
                result = await RunAsync(here, call, cancel);
                outcome = result.IsError ? "error" : "ok";
            }
            return result;
        }
        finally
        {
            var elapsed = Stopwatch.GetElapsedTime(started);
            metrics.Count(tool.Name, route, outcome, elapsed);
            LogCall(tool.Name, route, outcome, elapsed.TotalMilliseconds, call.Caller.TraceId);
        }
    }

    private async Task<ToolOutcome> RunAsync(INativeTool? here, ToolCall call, CancellationToken cancel)
    {
        try
        {
            return here is not null ? await here.RunAsync(call, cancel)
                : python is not null ? await python.CallAsync(call, cancel)
                : ToolOutcome.Failed($"Tool service unavailable: {call.Name} runs in the Python server, and none is configured");
        }
        catch (ToolFailedException failure)
        {
            return ToolOutcome.Failed(failure.Message);
        }
    }

    [LoggerMessage(EventId = 802, Level = LogLevel.Information, Message = "Tool {Tool} ({Route}): {Outcome} in {Milliseconds:0.0} ms, trace {TraceId}")]
    private partial void LogCall(string tool, string route, string outcome, double milliseconds, string traceId);
}
