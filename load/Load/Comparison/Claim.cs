namespace PyAirtable.Load.Comparison;

/// <summary>A claim of the plan beside what was measured.</summary>
/// <param name="Name">What it is of.</param>
/// <param name="Plan">What the plan says.</param>
/// <param name="Measured">By what clients see; empty where that says nothing of it.</param>
/// <param name="Processor">By processor time of the service; empty where that says nothing of it.</param>
/// <param name="Verdict">Whether it holds.</param>
internal sealed record Claim(string Name, string Plan, string Measured, string Processor, string Verdict);
