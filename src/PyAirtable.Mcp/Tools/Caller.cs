namespace PyAirtable.Mcp.Tools;

/// <summary>Who calls a tool.</summary>
/// <param name="Key">Index of the API key; negative for none.</param>
/// <param name="TraceId">Trace id of the request, carried on to what is called.</param>
internal sealed record Caller(int Key, string TraceId);
