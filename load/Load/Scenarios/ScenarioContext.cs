using PyAirtable.Load.Loop;
using PyAirtable.Load.Statistics;

namespace PyAirtable.Load.Scenarios;

/// <summary>One iteration of a scenario.</summary>
/// <param name="loop">Where it runs.</param>
/// <param name="statistics">Where its steps are counted.</param>
/// <param name="due">When it was due, in the time of <see cref="LoadClock"/>.</param>
internal sealed class ScenarioContext(LoadLoop loop, ScenarioStatistics statistics, long due)
{
    private long _due = due;

    /// <summary>Steps that failed.</summary>
    public int Failures { get; private set; }

    /// <summary>Think time: the step after it is due when it ends.</summary>
    public async Task ThinkAsync(TimeSpan time)
    {
        _due = LoadClock.Now + LoadClock.Nanoseconds(time);
        await loop.UntilAsync(_due);
    }

    /// <summary>When the step that begins now was due: the iteration's first step with the iteration, one after think time at its end, others now.</summary>
    internal long TakeDue()
    {
        var due = _due == 0 ? LoadClock.Now : _due;
        _due = 0;
        return due;
    }

    internal void Count(string step, long due, Response response)
    {
        Failures += response.IsError ? 1 : 0;
        statistics.Count(step, LoadClock.Now - due, response);
    }
}
