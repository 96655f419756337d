using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PyAirtable.Automation.Storage;

namespace PyAirtable.Automation.Files;

/// <summary>
/// Removes what a kill or a failure left: temporary files, and stored files whose record was never written or is deleted. It runs at the
/// start and once a day, beside requests; files younger than an hour are left alone, for this or another process may be about to write
/// their record.
/// </summary>
/// <param name="folder">Where temporary files are.</param>
/// <param name="storage">Where stored files are.</param>
/// <param name="files">Their records.</param>
/// <param name="clock">The clock.</param>
/// <param name="log">Where it tells.</param>
internal sealed partial class UploadSweep(UploadFolder folder, IFileStorage storage, FileStore files, TimeProvider clock, ILogger log) : IHostedService, IAsyncDisposable
{
    /// <summary>Age at which a file without a record counts as left behind.</summary>
    internal static readonly TimeSpan LeftBehind = TimeSpan.FromHours(1);

    private static readonly TimeSpan Pause = TimeSpan.FromDays(1);

    private readonly CancellationTokenSource _stop = new();
    private Task _sweeping = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _sweeping = Task.Run(SweepDailyAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _sweeping;
    }

    public ValueTask DisposeAsync()
    {
        _stop.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>The number of files removed.</summary>
    internal async Task<int> SweepAsync(CancellationToken cancel)
    {
        var before = clock.GetUtcNow().UtcDateTime - LeftBehind;
        var removed = folder.RemoveTemporary(before);
        if (!await files.AnyAsync(cancel))
        {
            // A database that knows no file at all is more likely the wrong one than all files are left behind.
            return removed;
        }
        await foreach (var filename in storage.ListAsync(before, cancel))
        {
            if (!await files.IsKeptAsync(filename, cancel))
            {
                await storage.RemoveAsync(filename, cancel);
                removed++;
            }
        }
        return removed;
    }

    private async Task SweepDailyAsync()
    {
        try
        {
            while (true)
            {
                await SweepQuietlyAsync();
                await Task.Delay(Pause, clock, _stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The next start sweeps again.
        }
    }

    private async Task SweepQuietlyAsync()
    {
        try
        {
            var removed = await SweepAsync(_stop.Token);
            if (removed > 0)
            {
                LogRemoved(removed);
            }
        }
        catch (StorageUnavailableException e)
        {
            LogUnavailable(e.Message);
        }
        catch (Exception e) when (!_stop.IsCancellationRequested)
        {
            LogFailed(e);
        }
    }

    [LoggerMessage(EventId = 40, Level = LogLevel.Information, Message = "removed {Count} left-behind files")]
    private partial void LogRemoved(int count);

    [LoggerMessage(EventId = 41, Level = LogLevel.Warning, Message = "left-behind files could not be looked for")]
    private partial void LogFailed(Exception error);

    [LoggerMessage(EventId = 42, Level = LogLevel.Warning, Message = "left-behind files could not be looked for: {Reason}")]
    private partial void LogUnavailable(string reason);
}
