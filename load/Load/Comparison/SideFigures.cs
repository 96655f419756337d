namespace PyAirtable.Load.Comparison;

/// <summary>What one side took in one round. Memory is resident, in MB of 2^20 bytes.</summary>
/// <param name="StartMilliseconds">From the start of the process to the first 200, tables there already.</param>
/// <param name="IdleMegabytes">Memory a second after it.</param>
/// <param name="PeakMegabytes">Highest memory after all routes.</param>
/// <param name="Routes">Each route.</param>
internal sealed record SideFigures(double StartMilliseconds, double IdleMegabytes, double PeakMegabytes, IReadOnlyDictionary<string, RouteFigures> Routes);
