namespace PyAirtable.Bench.Goals;

/// <summary>A figure without a goal.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">How much, with its unit.</param>
public sealed record Figure(string Name, string Value);
