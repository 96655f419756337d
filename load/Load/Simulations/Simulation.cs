namespace PyAirtable.Load.Simulations;

/// <summary>Makes the parts of a scenario's load, in NBomber's words.</summary>
internal static class Simulation
{
    /// <summary>So many iterations per interval, evenly spread.</summary>
    public static LoadSimulation Inject(double rate, TimeSpan interval, TimeSpan during) => new(SimulationKind.Inject, rate / interval.TotalSeconds, 0, during);

    /// <summary>From the rate before to this one, evenly.</summary>
    public static LoadSimulation RampingInject(double rate, TimeSpan interval, TimeSpan during) => new(SimulationKind.RampingInject, rate / interval.TotalSeconds, 0, during);

    /// <summary>So many copies, each with one iteration under way.</summary>
    public static LoadSimulation KeepConstant(int copies, TimeSpan during) => new(SimulationKind.KeepConstant, 0, copies, during);

    /// <summary>Nothing.</summary>
    public static LoadSimulation Pause(TimeSpan during) => new(SimulationKind.Pause, 0, 0, during);
}
