namespace PyAirtable.Load.Simulations;

/// <summary>
/// When the iterations of an open simulation are due. With a rate that goes evenly from a to b within T seconds, a·t + (b−a)/(2T)·t²
/// are due before t; the n-th (from 0) is due when that is n.
/// </summary>
internal sealed class ArrivalSchedule
{
    private readonly double _from;
    private readonly double _half;

    /// <summary>A schedule.</summary>
    /// <param name="from">Iterations a second at the beginning.</param>
    /// <param name="to">Iterations a second at the end.</param>
    /// <param name="during">How long.</param>
    public ArrivalSchedule(double from, double to, TimeSpan during)
    {
        (_from, _half) = (from, (to - from) / (2 * during.TotalSeconds));
        Total = (from + to) / 2 * during.TotalSeconds;
    }

    /// <summary>Schedule of a simulation.</summary>
    /// <param name="simulation">One of the open kinds.</param>
    /// <param name="before">The rate before it.</param>
    public static ArrivalSchedule Of(LoadSimulation simulation, double before) =>
        new(simulation.Kind == SimulationKind.RampingInject ? before : simulation.Rate, simulation.Rate, simulation.During);

    /// <summary>Iterations in all.</summary>
    public double Total { get; }

    /// <summary>Seconds from the beginning at which an iteration is due; infinite for those that are no part of it.</summary>
    public double DueAt(long number)
    {
        if (number >= Total)
        {
            return double.PositiveInfinity;
        }
        // The root that holds for growing, falling and even rates alike: no division by what may be 0.
        var root = Math.Sqrt(Math.Max(0, (_from * _from) + (4 * _half * number)));
        return number == 0 ? 0 : 2 * number / (_from + root);
    }
}
