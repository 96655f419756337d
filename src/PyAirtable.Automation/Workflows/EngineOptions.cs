namespace PyAirtable.Automation.Workflows;

/// <summary>Bounds of the engine.</summary>
/// <param name="Workers">Executions that run at once, at least 1.</param>
/// <param name="QueueSize">Executions that are claimed and have not begun, at most; also those whose end is being stored.</param>
/// <param name="PerWorkflow">Executions of one workflow that run at once; with 1, in the order of their ids.</param>
/// <param name="Grace">How long the stop waits for what runs.</param>
internal sealed record EngineOptions(int Workers, int QueueSize, int PerWorkflow, TimeSpan Grace);
