using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PyAirtable.Automation.Storage;

namespace PyAirtable.Automation.Files;

/// <summary>
/// Removes what a kill left in the upload folder: temporary files, and stored files whose record was never written or is deleted.
/// It runs once, beside requests; files younger than an hour are left alone, for another process may be about to write their record.
/// </summary>
internal sealed partial class UploadSweep(UploadFolder folder, FileStore files, TimeProvider clock, ILogger log) : IHostedService, IAsyncDisposable
{
    /// <summary>Age at which a file without a record counts as left behind.</summary>
    internal static readonly TimeSpan LeftBehind = TimeSpan.FromHours(1);

    private readonly CancellationTokenSource _stop = new();
    private Task _sweeping = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _sweeping = Task.Run(SweepQuietlyAsync, CancellationToken.None);
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
        folder.Create();
        var removed = 0;
        foreach (var (filename, isTemporary) in folder.ListUnchangedSince(clock.GetUtcNow().UtcDateTime - LeftBehind))
        {
            if (isTemporary || !await files.IsKeptAsync(filename, cancel))
            {
                folder.Remove(filename);
                removed++;
            }
        }
        return removed;
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
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The next start sweeps again.
        }
        catch (Exception e)
        {
            LogFailed(e);
        }
    }

    [LoggerMessage(EventId = 40, Level = LogLevel.Information, Message = "removed {Count} left-behind files from the upload folder")]
    private partial void LogRemoved(int count);

    [LoggerMessage(EventId = 41, Level = LogLevel.Warning, Message = "the upload folder could not be swept")]
    private partial void LogFailed(Exception error);
}
