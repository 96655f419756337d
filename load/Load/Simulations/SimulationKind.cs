namespace PyAirtable.Load.Simulations;

/// <summary>How load is made.</summary>
internal enum SimulationKind
{
    /// <summary>Open: iterations begin at a rate, whatever the answers take.</summary>
    Inject,

    /// <summary>Open: the rate goes evenly from that of the simulation before (0 if there is none) to its own.</summary>
    RampingInject,

    /// <summary>Closed: so many copies, each of which begins its next iteration when one has ended.</summary>
    KeepConstant,

    /// <summary>None.</summary>
    Pause,
}
