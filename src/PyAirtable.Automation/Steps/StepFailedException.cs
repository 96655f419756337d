namespace PyAirtable.Automation.Steps;

/// <summary>A step failed; the message is shown to clients.</summary>
internal sealed class StepFailedException(string message) : Exception(message);
