namespace PyAirtable.Load.Simulations;

/// <summary>A part of a scenario's load.</summary>
/// <param name="Kind">How load is made.</param>
/// <param name="Rate">Iterations a second at its end: of the open kinds.</param>
/// <param name="Copies">Iterations under way at any time: of <see cref="SimulationKind.KeepConstant"/>.</param>
/// <param name="During">How long it lasts.</param>
internal sealed record LoadSimulation(SimulationKind Kind, double Rate, int Copies, TimeSpan During);
