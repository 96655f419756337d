namespace PyAirtable.Automation.Outbound;

/// <summary>A workflow's request was not made, or has no answer; the message says why, for the client.</summary>
internal sealed class OutboundFailedException(string message) : Exception(message);
