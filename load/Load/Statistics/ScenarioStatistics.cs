using PyAirtable.Load.Scenarios;

namespace PyAirtable.Load.Statistics;

/// <summary>Counts of a running scenario: by step, of all, and of the interval that runs.</summary>
internal sealed class ScenarioStatistics
{
    private readonly Dictionary<string, StepStatistics> _steps = [];

    /// <summary>All steps.</summary>
    public StepStatistics All { get; } = new();

    /// <summary>All steps since it was reset last.</summary>
    public StepStatistics Interval { get; } = new();

    /// <summary>How late iterations were begun.</summary>
    public LatencyHistogram Lateness { get; } = new();

    /// <summary>Iterations that were due while too many were under way: they were not begun, and count as failed.</summary>
    public long Overload { get; private set; }

    /// <summary>Iterations under way.</summary>
    public int InFlight { get; set; }

    /// <summary>Iterations begun.</summary>
    public long Begun { get; private set; }

    /// <summary>Iterations that did not end in time.</summary>
    public long Unfinished { get; private set; }

    /// <summary>Counts an iteration that begins.</summary>
    public void CountBegin()
    {
        Begun++;
        InFlight++;
    }

    /// <summary>Counts a step.</summary>
    public void Count(string step, long time, Response response)
    {
        if (!_steps.TryGetValue(step, out var statistics))
        {
            _steps.Add(step, statistics = new StepStatistics());
        }
        statistics.Count(time, response);
        All.Count(time, response);
        Interval.Count(time, response);
    }

    /// <summary>Counts an iteration that was not begun.</summary>
    public void CountOverload()
    {
        Overload++;
        var failure = Response.Fail("overload: too many under way");
        All.Count(0, failure);
        Interval.Count(0, failure);
    }

    /// <summary>Counts iterations that are still under way, after all that could be waited, as failed.</summary>
    public void CountUnfinished()
    {
        Unfinished = InFlight;
        for (var number = 0; number < InFlight; number++)
        {
            All.Count(0, Response.Fail("did not end"));
        }
    }

    /// <summary>Forgets all but what is under way.</summary>
    public void Reset()
    {
        _steps.Clear();
        All.Reset();
        Interval.Reset();
        Lateness.Reset();
        (Overload, Begun, Unfinished) = (0, 0, 0);
    }

    /// <summary>What came of each step, in the order of their names.</summary>
    public IReadOnlyList<StepResult> Results(double seconds) =>
        [.. _steps.OrderBy(step => step.Key, StringComparer.Ordinal).Select(step => step.Value.Result(step.Key, seconds))];
}
