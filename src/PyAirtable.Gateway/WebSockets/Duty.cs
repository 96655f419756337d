using Microsoft.Extensions.Logging;

namespace PyAirtable.Gateway.WebSockets;

/// <summary>Something that is done again and again: first when its pause has passed, then each time that long after its end.</summary>
/// <param name="pause">Gives the pause, which may change.</param>
/// <param name="act">What is done.</param>
internal sealed partial class Duty(Func<TimeSpan> pause, Func<CancellationToken, Task> act)
{
    private long? _since;

    /// <summary>The last run, which may go on; it never fails.</summary>
    public Task Running { get; private set; } = Task.CompletedTask;

    /// <summary>Starts a run if one is due.</summary>
    public void StartIfDue(TimeProvider clock, ILogger log, CancellationToken cancel)
    {
        if (!Running.IsCompleted)
        {
            return;
        }
        _since ??= clock.GetTimestamp();
        if (clock.GetElapsedTime(_since.Value) >= pause())
        {
            _since = null;
            Running = RunAsync(log, cancel);
        }
    }

    private async Task RunAsync(ILogger log, CancellationToken cancel)
    {
        try
        {
            await act(cancel);
        }
        catch (Exception error) when (!cancel.IsCancellationRequested)
        {
            LogFailed(log, error);
        }
        catch (OperationCanceledException)
        {
            // The process stops.
        }
    }

    [LoggerMessage(EventId = 523, Level = LogLevel.Error, Message = "Background work for the WebSockets failed")]
    private static partial void LogFailed(ILogger logger, Exception error);
}
