using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PyAirtable.Platform.Storage;

namespace PyAirtable.Platform.Sessions;

/// <summary>Removes what has expired of refresh tokens and revocations, beside requests and in batches, so that no statement holds the
/// database long. Processes may sweep at once.</summary>
internal sealed partial class SessionSweep(RefreshTokenStore refreshTokens, RevokedTokenStore revokedTokens, TimeProvider clock, ILogger log) : BackgroundService
{
    /// <summary>Rows that go at once.</summary>
    internal const int Batch = 500;

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);

    /// <summary>Removes all that has expired; the number of rows.</summary>
    internal async Task<int> SweepAsync(CancellationToken cancel)
    {
        var now = clock.Now();
        return await RepeatAsync(() => refreshTokens.DeleteExpiredAsync(now, Batch, cancel))
            + await RepeatAsync(() => revokedTokens.DeleteExpiredAsync(now, Batch, cancel));
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        try
        {
            // The first one a pause after the start, which has enough to do.
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

    private static async Task<int> RepeatAsync(Func<Task<int>> delete)
    {
        var (total, last) = (0, Batch);
        while (last == Batch)
        {
            last = await delete();
            total += last;
        }

        return total;
    }

    private async Task SweepQuietlyAsync(CancellationToken cancel)
    {
        try
        {
            var removed = await SweepAsync(cancel);
            if (removed > 0)
            {
                LogRemoved(log, removed);
            }
        }
        catch (Exception error) when (!cancel.IsCancellationRequested)
        {
            LogFailed(log, error);
        }
    }

    [LoggerMessage(EventId = 125, Level = LogLevel.Information, Message = "removed {Count} expired refresh tokens and revocations")]
    private static partial void LogRemoved(ILogger logger, int count);

    [LoggerMessage(EventId = 126, Level = LogLevel.Warning, Message = "expired refresh tokens could not be removed")]
    private static partial void LogFailed(ILogger logger, Exception error);
}
