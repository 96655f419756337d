using PyAirtable.Load.Thresholds;

namespace PyAirtable.Load.Slo;

/// <summary>A target of <c>slo.json</c>.</summary>
/// <param name="Name">Its name in the table.</param>
/// <param name="Scenario">The scenario in which it is measured.</param>
/// <param name="Threshold">What must be reached.</param>
internal sealed record SloTarget(string Name, string Scenario, Threshold Threshold);
