using PyAirtable.Load.Simulations;
using PyAirtable.Load.Statistics;
using PyAirtable.Load.Thresholds;

namespace PyAirtable.Load.Scenarios;

/// <summary>What is done, how often, and what must come of it.</summary>
internal sealed class Scenario
{
    private Scenario(string name, Func<ScenarioContext, ValueTask> run) => (Name, Run) = (name, run);

    /// <summary>Its name on the command line and in reports.</summary>
    public string Name { get; }

    /// <summary>One iteration.</summary>
    public Func<ScenarioContext, ValueTask> Run { get; }

    /// <summary>What is done before, unmeasured.</summary>
    public Func<Task> Init { get; private set; } = static () => Task.CompletedTask;

    /// <summary>What is done after, unmeasured.</summary>
    public Func<ValueTask> Clean { get; private set; } = static () => ValueTask.CompletedTask;

    /// <summary>Time for which it runs unmeasured before.</summary>
    public TimeSpan WarmUp { get; private set; }

    /// <summary>Its load, part after part.</summary>
    public IReadOnlyList<LoadSimulation> Simulations { get; private set; } = [];

    /// <summary>What must come of it.</summary>
    public IReadOnlyList<Threshold> Thresholds { get; private set; } = [];

    /// <summary>Whether what was seen so far is enough.</summary>
    public Func<IReadOnlyList<Sample>, bool> StopWhen { get; private set; } = static _ => false;

    /// <summary>Time that all parts take.</summary>
    public TimeSpan Duration => Simulations.Aggregate(TimeSpan.Zero, (sum, part) => sum + part.During);

    /// <summary>A scenario with one iteration.</summary>
    public static Scenario Create(string name, Func<ScenarioContext, ValueTask> run) => new(name, run);

    /// <summary>Sets <see cref="Init"/>.</summary>
    public Scenario WithInit(Func<Task> init)
    {
        Init = init;
        return this;
    }

    /// <summary>Sets <see cref="Clean"/>.</summary>
    public Scenario WithClean(Func<ValueTask> clean)
    {
        Clean = clean;
        return this;
    }

    /// <summary>Sets <see cref="WarmUp"/>: the first part that is no pause runs that long at a quarter of its load.</summary>
    public Scenario WithWarmUpDuration(TimeSpan duration)
    {
        WarmUp = duration;
        return this;
    }

    /// <summary>Sets <see cref="Simulations"/>.</summary>
    public Scenario WithLoadSimulations(params LoadSimulation[] simulations)
    {
        Simulations = simulations;
        return this;
    }

    /// <summary>Sets <see cref="StopWhen"/>.</summary>
    public Scenario WithStopWhen(Func<IReadOnlyList<Sample>, bool> stopWhen)
    {
        StopWhen = stopWhen;
        return this;
    }

    /// <summary>Sets <see cref="Thresholds"/>.</summary>
    public Scenario WithThresholds(params Threshold[] thresholds)
    {
        Thresholds = thresholds;
        return this;
    }
}
