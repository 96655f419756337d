using System.Text.Json;
using PyAirtable.Mcp.Tools;

namespace PyAirtable.Mcp.Rest;

/// <summary>Runs tools for the HTTP routes, with the Python server's texts (upstream contract 1.4).</summary>
internal static class RestTools
{
    /// <summary>Runs one.</summary>
    public static Task<ToolOutcome> RunAsync(ToolRunner tools, string name, JsonElement arguments, Caller caller, CancellationToken cancel) =>
        tools.Find(name) is { } tool
            ? tools.RunAsync(tool, new ToolCall(name, ToolCall.ByName(arguments), caller), Describe, cancel)
            : Task.FromResult(new ToolOutcome($"Unknown tool: {name}", isError: true));

    // A missing argument was a KeyError there; of others there was no check.
    private static string Describe(IReadOnlyList<ArgumentFault> faults) =>
        faults[0] is { IsMissing: true } missing && !missing.Path.Contains('.', StringComparison.Ordinal) ? $"'{missing.Path}'" : string.Join("; ", faults);
}
