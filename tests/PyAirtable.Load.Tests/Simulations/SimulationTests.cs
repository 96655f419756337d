using PyAirtable.Load.Simulations;

namespace PyAirtable.Load.Tests.Simulations;

public sealed class SimulationTests
{
    [Fact]
    public void Inject_RatePerInterval_IsKeptPerSecond() =>
        Assert.Equal(new LoadSimulation(SimulationKind.Inject, 5, 0, TimeSpan.FromSeconds(9)), Simulation.Inject(300, TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(9)));

    [Fact]
    public void KeepConstant_Copies_HasNoRate() =>
        Assert.Equal(new LoadSimulation(SimulationKind.KeepConstant, 0, 7, TimeSpan.FromSeconds(9)), Simulation.KeepConstant(7, TimeSpan.FromSeconds(9)));
}
