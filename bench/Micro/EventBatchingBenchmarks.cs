using BenchmarkDotNet.Attributes;
using PyAirtable.Platform.Events;
using PyAirtable.Platform.Ingestion;

namespace PyAirtable.Bench.Micro;

/// <summary>From the queue to the writer: events of as many requests, which one transaction takes, and their answers' release.</summary>
[MemoryDiagnoser]
public class EventBatchingBenchmarks
{
    private const int Requests = 100;

    private readonly SubmissionQueue<AnalyticsEvent> _queue = new(new IngestionOptions());
    private readonly AnalyticsEvent[] _events = [.. Enumerable.Range(0, Requests).Select(static i => new AnalyticsEvent { EventType = "page_view", SessionId = $"session-{i}", Timestamp = new DateTime(2025, 1, 3) })];

    [Benchmark(OperationsPerInvoke = Requests)]
    public int QueueToWriter()
    {
        foreach (var one in _events)
        {
            _queue.Add(new Submission<AnalyticsEvent>([one]));
        }
        var batch = _queue.TakeBatch();
        foreach (var submission in batch)
        {
            submission.SetResult(IngestionOutcome.Stored);
        }
        return batch.Count;
    }
}
