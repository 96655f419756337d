using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Platform.Tokens;

/// <summary>Tells a gateway in this process once, after the start, which tokens were revoked before it.</summary>
internal sealed partial class RevocationRecall(TokenRevocations revocations, ProcessContext process, TimeProvider clock, ILogger log) : BackgroundService
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (process.FindService("gateway") is not null && !await TryAsync(stoppingToken))
        {
            await Task.Delay(RetryAfter, clock, stoppingToken);
        }
    }

    private async Task<bool> TryAsync(CancellationToken cancel)
    {
        try
        {
            await revocations.RecallAsync(cancel);
            return true;
        }
        catch (Exception error) when (!cancel.IsCancellationRequested)
        {
            LogFailed(log, error);
            return false;
        }
    }

    [LoggerMessage(EventId = 112, Level = LogLevel.Warning, Message = "revoked tokens could not be read; tried again in 5 seconds")]
    private static partial void LogFailed(ILogger logger, Exception error);
}
