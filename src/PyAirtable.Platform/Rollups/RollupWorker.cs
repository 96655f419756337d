using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PyAirtable.Hosting.Data;
using PyAirtable.Hosting.Metrics;

namespace PyAirtable.Platform.Rollups;

/// <summary>
/// Keeps the roll-ups near the rows. Readers add what is not in them yet, so their figures are always exact; this bounds how much that is.
/// </summary>
internal sealed partial class RollupWorker : BackgroundService
{
    /// <summary>Rows that are left to readers, for whom they are little work: an idle service writes nothing.</summary>
    public const int LeftToReaders = 1_000;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly RollupStore _store;
    private readonly OpenWrites _writes;
    private readonly Rollup[] _rollups;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly long[] _behind;

    /// <summary>Works on the roll-ups of events and metrics.</summary>
    public RollupWorker(Database database, ServiceMetrics metrics, TimeProvider clock, ILogger log)
    {
        (_store, _writes, _clock, _log) = (new RollupStore(database), new OpenWrites(database, clock), clock, log);
        _rollups = Rollup.All(database.Engine);
        _behind = new long[_rollups.Length];
        metrics.AddGauge("pyairtable_analytics_rollup_events_behind", "Events that the roll-up did not have yet when it was last looked at.", () => Volatile.Read(ref _behind[0]));
        metrics.AddGauge("pyairtable_analytics_rollup_metrics_behind", "Metrics that the roll-up did not have yet when it was last looked at.", () => Volatile.Read(ref _behind[1]));
    }

    /// <summary>Adds all rows that are there now, unless they are few.</summary>
    /// <param name="leave">Rows that may stay out.</param>
    /// <param name="cancel">Ends it between two batches, or within one, which is undone then.</param>
    public async Task CatchUpAsync(int leave, CancellationToken cancel)
    {
        for (var i = 0; i < _rollups.Length; i++)
        {
            await CatchUpAsync(i, leave, cancel);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, _clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TryCatchUpAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What is left out is added after the next start.
        }
    }

    private async Task TryCatchUpAsync(CancellationToken cancel)
    {
        try
        {
            await CatchUpAsync(LeftToReaders, cancel);
        }
        catch (Exception error) when (!cancel.IsCancellationRequested)
        {
            LogFailed(error);
        }
    }

    private async Task CatchUpAsync(int index, int leave, CancellationToken cancel)
    {
        var rollup = _rollups[index];
        var state = await _store.ReadAsync(rollup, cancel);
        Volatile.Write(ref _behind[index], state.Newest - state.FoldedThrough);
        if (state.Newest < state.FoldedThrough)
        {
            // Somebody else deleted rows, and nobody knows which of those in the roll-up.
            LogReset(rollup.Name);
            await _store.ResetAsync(rollup, cancel);
        }
        else if (state.Newest - state.FoldedThrough > leave && await _writes.WaitAsync(rollup.Table, cancel))
        {
            var after = state.FoldedThrough;
            while (after < state.Newest)
            {
                var through = Math.Min(after + RollupStore.BatchSize, state.Newest);
                if (!await _store.FoldAsync(rollup, after, through, cancel))
                {
                    // Another process is at it.
                    return;
                }

                Volatile.Write(ref _behind[index], state.Newest - through);
                after = through;
            }
        }
    }

    [LoggerMessage(EventId = 140, Level = LogLevel.Warning, Message = "the roll-up of analytics could not be brought up to date; reads take longer meanwhile")]
    private partial void LogFailed(Exception error);

    [LoggerMessage(EventId = 141, Level = LogLevel.Warning, Message = "rows that are in the roll-up of {Rollup} were deleted by another program; it is made anew")]
    private partial void LogReset(string rollup);
}
