using PyAirtable.Load.Thresholds;

namespace PyAirtable.Load.Statistics;

/// <summary>What came of a scenario.</summary>
/// <param name="Scenario">Its name.</param>
/// <param name="System">What it ran against.</param>
/// <param name="Started">When it began.</param>
/// <param name="Seconds">Time that was measured.</param>
/// <param name="All">All steps together.</param>
/// <param name="Steps">Each step.</param>
/// <param name="Distribution">Times of all steps at percentiles.</param>
/// <param name="Samples">The course of it.</param>
/// <param name="LatenessP99">99th percentile of how late iterations were begun, in milliseconds; NaN for closed load.</param>
/// <param name="LatenessMax">The longest of it.</param>
/// <param name="Overload">Iterations that were not begun, since too many were under way.</param>
/// <param name="Usage">Processor time and memory.</param>
/// <param name="Connections">Connections open at the end.</param>
/// <param name="Interrupted">Whether it was ended early.</param>
internal sealed record ScenarioResult(
    string Scenario, string System, DateTimeOffset Started, double Seconds, StepResult All, IReadOnlyList<StepResult> Steps,
    IReadOnlyList<(double Percent, double Milliseconds)> Distribution, IReadOnlyList<Sample> Samples, double LatenessP99, double LatenessMax, long Overload,
    ResourceUsage Usage, int Connections, bool Interrupted)
{
    /// <summary>Iterations that its open load had planned.</summary>
    public long Planned { get; init; }

    /// <summary>Iterations that were begun.</summary>
    public long Begun { get; init; }

    /// <summary>Iterations that had not ended when all that could be waited was waited.</summary>
    public long Unfinished { get; init; }

    /// <summary>Whether it was ended before its time: by <see cref="Interrupted"/>, or since enough was seen.</summary>
    public bool EndedEarly { get; init; }

    /// <summary>Its thresholds and whether they hold.</summary>
    public IReadOnlyList<Verdict> Verdicts { get; init; } = [];

    /// <summary>Whether all thresholds hold.</summary>
    public bool Passes => Verdicts.All(verdict => verdict.Passes);
}
