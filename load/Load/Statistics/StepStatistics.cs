using PyAirtable.Load.Loop;
using PyAirtable.Load.Scenarios;

namespace PyAirtable.Load.Statistics;

/// <summary>Counts of one step, or of all.</summary>
internal sealed class StepStatistics
{
    private const int MostReasons = 20;
    private const string OtherReasons = "other";

    private readonly LatencyHistogram _times = new();
    private readonly Dictionary<string, long> _reasons = [];
    private long _ok;
    private long _failed;
    private long _bytes;

    /// <summary>Counts one.</summary>
    /// <param name="time">In the unit of <see cref="LoadClock"/>.</param>
    /// <param name="response">How it ended. The time of a failure is left out: a server that refuses quickly is not quick.</param>
    public void Count(long time, Response response)
    {
        if (response.IsError)
        {
            _failed++;
            var reason = _reasons.ContainsKey(response.Reason) || _reasons.Count < MostReasons ? response.Reason : OtherReasons;
            _reasons[reason] = _reasons.GetValueOrDefault(reason) + 1;
            return;
        }
        _ok++;
        _bytes += response.SizeBytes;
        _times.Record(time);
    }

    /// <summary>Forgets all.</summary>
    public void Reset()
    {
        (_ok, _failed, _bytes) = (0, 0, 0);
        _reasons.Clear();
        _times.Reset();
    }

    /// <summary>What came of it.</summary>
    /// <param name="name">The step.</param>
    /// <param name="seconds">Time that was measured.</param>
    public StepResult Result(string name, double seconds) => new(
        name, _ok, _failed, _ok / seconds, _times.Mean, _times.Percentile(50), _times.Percentile(75), _times.Percentile(95), _times.Percentile(99),
        _times.Percentile(99.9), _times.Max, _bytes, new Dictionary<string, long>(_reasons));

    /// <summary>The times at these percentiles.</summary>
    public IReadOnlyList<(double Percent, double Milliseconds)> Distribution(IEnumerable<double> percents) => [.. percents.Select(percent => (percent, _times.Percentile(percent)))];
}
