using Microsoft.Extensions.Logging;

namespace PyAirtable.Hosting.Events;

internal sealed partial class RedisStreamConsumer
{
    [LoggerMessage(330, LogLevel.Warning, "Event group {Group} cannot read or settle ({Reason}); it goes on by itself")]
    private static partial void LogTrouble(ILogger logger, string group, string reason);

    [LoggerMessage(331, LogLevel.Error, "Entry {Entry} of the event stream is a dead letter of group {Group}, attempt {Attempt}: {Reason}")]
    private static partial void LogBuried(ILogger logger, string entry, string group, int attempt, string reason);
}
