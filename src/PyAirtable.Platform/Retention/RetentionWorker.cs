using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Prometheus;
using PyAirtable.Hosting.Data;
using PyAirtable.Hosting.Metrics;
using PyAirtable.Platform.Access;
using PyAirtable.Platform.Rollups;
using PyAirtable.Platform.Storage;

namespace PyAirtable.Platform.Retention;

/// <summary>
/// Deletes events and metrics that are older than the settings say, every hour (platform contract 4.6). After each batch it rests
/// twice as long as the batch took, so that the database has most of its time for others. Several processes may do it at once.
/// </summary>
internal sealed partial class RetentionWorker : BackgroundService
{
    private const int RowsOfProgress = 100 * RetentionStore.BatchSize;

    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ShortestRest = TimeSpan.FromMilliseconds(10);

    private readonly RetentionSettings _settings;
    private readonly RetentionStore _store;
    private readonly Rollup[] _tables;
    private readonly Counter _deleted;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;

    /// <summary>Deletes from one database.</summary>
    public RetentionWorker(RetentionSettings settings, Database database, ServiceMetrics metrics, TimeProvider clock, ILogger log)
    {
        (_settings, _store, _clock, _log) = (settings, new RetentionStore(database), clock, log);
        _tables = Rollup.All(database.Engine);
        _deleted = (Counter)metrics.Factory.CreateCounter("pyairtable_analytics_deleted_rows_total", "Rows that were deleted because of their age.", ["table"]);
        foreach (var table in _tables)
        {
            // Shown from the start, as 0.
            _deleted.WithLabels(table.Name);
        }
    }

    /// <summary>Deletes all that is too old now; the number of rows.</summary>
    public async Task<long> DeleteAsync(CancellationToken cancel)
    {
        // Whole buckets, so that what is left of the roll-ups is what is left of the rows.
        var before = _clock.Now().AddDays(-_settings.Days).Date;
        var total = 0L;
        foreach (var table in _tables)
        {
            total += await DeleteAsync(table, before, cancel);
        }

        return total;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.Delay(FirstDelay, _clock, stoppingToken);
            using var timer = new PeriodicTimer(Interval, _clock);
            do
            {
                await TryDeleteAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What is left is deleted after the next start.
        }
    }

    private async Task TryDeleteAsync(CancellationToken cancel)
    {
        try
        {
            await DeleteAsync(cancel);
        }
        catch (Exception error) when (!cancel.IsCancellationRequested)
        {
            LogFailed(error);
        }
    }

    private async Task<long> DeleteAsync(Rollup table, DateTime before, CancellationToken cancel)
    {
        var (total, began, deleted) = (0L, _clock.GetTimestamp(), 0);
        do
        {
            var batchBegan = _clock.GetTimestamp();
            deleted = await _store.DeleteAsync(table, before, cancel);
            total += deleted;
            _deleted.WithLabels(table.Name).Inc(deleted);
            if (deleted == RetentionStore.BatchSize)
            {
                var rest = _clock.GetElapsedTime(batchBegan) * 2;
                await Task.Delay(rest > ShortestRest ? rest : ShortestRest, _clock, cancel);
                if (total % RowsOfProgress == 0)
                {
                    LogProgress(total, table.Name);
                }
            }
        }
        while (deleted == RetentionStore.BatchSize);

        if (total > 0)
        {
            var elapsed = _clock.GetElapsedTime(began);
            LogDeleted(total, table.Name, before, elapsed);
        }

        return total;
    }

    [LoggerMessage(EventId = 150, Level = LogLevel.Information, Message = "deleted {Count} {Table} from before {Before} in {Elapsed}")]
    private partial void LogDeleted(long count, string table, DateTime before, TimeSpan elapsed);

    [LoggerMessage(EventId = 151, Level = LogLevel.Information, Message = "deleted {Count} {Table} so far")]
    private partial void LogProgress(long count, string table);

    [LoggerMessage(EventId = 152, Level = LogLevel.Warning, Message = "old events and metrics could not be deleted")]
    private partial void LogFailed(Exception error);
}
