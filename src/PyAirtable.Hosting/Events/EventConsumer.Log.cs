using Microsoft.Extensions.Logging;

namespace PyAirtable.Hosting.Events;

internal abstract partial class EventConsumer
{
    [LoggerMessage(320, LogLevel.Warning, "Event {Id} ({Type}) failed in group {Group}, attempt {Attempt} of {MaxAttempts}; it comes again")]
    private static partial void LogFailed(ILogger logger, string id, string type, string group, int attempt, int maxAttempts, Exception exception);

    [LoggerMessage(321, LogLevel.Error, "Event {Id} ({Type}) failed in group {Group} for the last time, attempt {Attempt}; it is a dead letter")]
    private static partial void LogDead(ILogger logger, string id, string type, string group, int attempt, Exception exception);

    [LoggerMessage(322, LogLevel.Warning, "A handler of group {Group} ignored its cancellation; its event is left to others")]
    private static partial void LogStuck(ILogger logger, string group);
}
