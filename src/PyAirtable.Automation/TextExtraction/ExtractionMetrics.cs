using Prometheus;
using PyAirtable.Automation.TextExtraction.Isolation;
using PyAirtable.Hosting.Metrics;

namespace PyAirtable.Automation.TextExtraction;

/// <summary>What is counted of text extractions.</summary>
internal sealed class ExtractionMetrics
{
    private static readonly double[] SecondBuckets = [.01, .05, .1, .5, 1, 5, 15, 60, 300];

    private readonly Counter.Child _processed;
    private readonly Counter.Child _failed;
    private readonly Counter.Child _timedOut;
    private readonly Counter.Child _outOfMemory;
    private readonly Counter.Child _stopped;
    private readonly Histogram _seconds;

    public ExtractionMetrics(ServiceMetrics metrics)
    {
        var ended = metrics.Factory.CreateCounter(
            "pyairtable_extractions_total", "Text extractions that ended here, by how: the last three did not end by themselves.", ["outcome"]);
        _processed = ended.WithLabels("processed");
        _failed = ended.WithLabels("failed");
        _timedOut = ended.WithLabels("timed_out");
        _outOfMemory = ended.WithLabels("out_of_memory");
        _stopped = ended.WithLabels("stopped");
        _seconds = metrics.Factory.CreateHistogram("pyairtable_extraction_seconds", "Time of a text extraction.", new HistogramConfiguration { Buckets = SecondBuckets });
    }

    /// <summary>One ended.</summary>
    public void Ended(ExtractedText found, TimeSpan time)
    {
        _seconds.Observe(time.TotalSeconds);
        (found.Error switch
        {
            null => _processed,
            ExtractionProcess.Stopped => _stopped,
            TextExtractors.OutOfMemory => _outOfMemory,
            var error when error.StartsWith(ExtractionRunner.TimedOut, StringComparison.Ordinal) => _timedOut,
            _ => _failed,
        }).Inc();
    }
}
