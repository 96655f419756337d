namespace PyAirtable.Automation.Jobs;

/// <summary>What a run did could not be stored, so it cannot go on. Its lease ends by itself, and it is settled then.</summary>
internal sealed class NotStoredException(Exception cause) : Exception("The state of a run could not be stored", cause);
