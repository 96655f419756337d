namespace PyAirtable.Mcp.Tests;

/// <summary>A request that a stand-in got.</summary>
internal sealed record SeenRequest(string Method, string Target, string? Key, string? Trace, string Body);
