using HdrHistogram;
using PyAirtable.Load.Loop;

namespace PyAirtable.Load.Statistics;

/// <summary>Times in an HdrHistogram: microseconds from 1 to a minute, to three digits.</summary>
internal sealed class LatencyHistogram
{
    private const long Highest = 60_000_000;
    private const int Digits = 3;
    private const double MicrosecondsPerMillisecond = 1000;

    private readonly LongHistogram _histogram = new(1, Highest, Digits);

    /// <summary>Times in it.</summary>
    public long Count => _histogram.TotalCount;

    /// <summary>Adds a time; one beyond the range counts as its end.</summary>
    /// <param name="nanoseconds">In the unit of <see cref="LoadClock"/>.</param>
    public void Record(long nanoseconds) => _histogram.RecordValue(Math.Clamp(nanoseconds / 1000, 1, Highest));

    /// <summary>The time, in milliseconds, that so many percent do not exceed; NaN if there is none.</summary>
    public double Percentile(double percent) => Count == 0 ? double.NaN : _histogram.GetValueAtPercentile(percent) / MicrosecondsPerMillisecond;

    /// <summary>The mean in milliseconds; NaN if there is none.</summary>
    public double Mean => Count == 0 ? double.NaN : _histogram.GetMean() / MicrosecondsPerMillisecond;

    /// <summary>The longest in milliseconds; NaN if there is none.</summary>
    public double Max => Count == 0 ? double.NaN : _histogram.GetMaxValue() / MicrosecondsPerMillisecond;

    /// <summary>Forgets all.</summary>
    public void Reset() => _histogram.Reset();
}
