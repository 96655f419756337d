using PyAirtable.Mcp.Tools;

namespace PyAirtable.Mcp.NativeTools;

/// <summary>A tool that runs in this process, by calls of the Airtable gateway (upstream contract 5.5, table N).</summary>
internal interface INativeTool
{
    /// <summary>Runs it; the arguments fit its schema.</summary>
    /// <exception cref="ToolFailedException">It cannot do what is asked.</exception>
    Task<ToolOutcome> RunAsync(ToolCall call, CancellationToken cancel);
}
