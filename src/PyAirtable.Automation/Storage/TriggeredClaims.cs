namespace PyAirtable.Automation.Storage;

/// <summary>How executions that are triggered are claimed at once, without a transaction of its own.</summary>
/// <param name="Ask">Gives a claim for some of these workflows; null for none now.</param>
/// <param name="Done">Told when the transaction is on disk, with that claim.</param>
internal sealed record TriggeredClaims(Func<int[], ClaimWrite?> Ask, Action<ClaimWrite?> Done);
