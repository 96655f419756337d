namespace PyAirtable.Mcp.Tools;

/// <summary>A tool cannot do what is asked; the message is for the model, and names nothing of the inside.</summary>
internal sealed class ToolFailedException(string reason) : Exception(reason);
