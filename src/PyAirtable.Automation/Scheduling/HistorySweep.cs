using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PyAirtable.Automation.Replies;
using PyAirtable.Automation.Storage;

namespace PyAirtable.Automation.Scheduling;

/// <summary>Deletes the oldest ended executions of workflows that have more than are kept (automation contract 4.4), every interval and in
/// batches, so that no statement holds the database long.</summary>
internal sealed partial class HistorySweep(HistoryStore history, ScheduleTerms terms, TimeProvider clock, ILogger log) : BackgroundService
{
    /// <summary>Rows that go at once.</summary>
    internal const int Batch = 500;

    // Runs that ended since the pass before may have been stored a moment after their time.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(1);

    private DateTime _since = DateTime.MinValue;

    /// <summary>Deletes what is too much; the number of executions.</summary>
    internal async Task<int> SweepAsync(CancellationToken cancel)
    {
        var now = WireTime.Now(clock);
        var total = 0;
        foreach (var workflow in await history.ListGrownAsync(_since, cancel))
        {
            int deleted;
            do
            {
                deleted = await history.DeleteOldestAsync(workflow, terms.KeptExecutions, Batch, cancel);
                total += deleted;
            }
            while (deleted == Batch);
        }
        _since = now - Overlap;
        return total;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(terms.Interval, clock);
        try
        {
            // The first one an interval after the start, which has enough to do.
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await SweepQuietlyAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The next start sweeps again.
        }
    }

    private async Task SweepQuietlyAsync(CancellationToken cancel)
    {
        try
        {
            var deleted = await SweepAsync(cancel);
            if (deleted > 0)
            {
                LogDeleted(deleted);
            }
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            LogFailed(e);
        }
    }

    [LoggerMessage(EventId = 72, Level = LogLevel.Information, Message = "deleted {Count} old executions")]
    private partial void LogDeleted(int count);

    [LoggerMessage(EventId = 73, Level = LogLevel.Warning, Message = "old executions could not be deleted")]
    private partial void LogFailed(Exception error);
}
