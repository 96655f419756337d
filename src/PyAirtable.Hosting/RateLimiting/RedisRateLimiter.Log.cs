using Microsoft.Extensions.Logging;

namespace PyAirtable.Hosting.RateLimiting;

public sealed partial class RedisRateLimiter
{
    [LoggerMessage(310, LogLevel.Warning, "Rate limits are counted per process while Redis is away ({Reason})")]
    private static partial void LogAway(ILogger logger, string reason);

    [LoggerMessage(311, LogLevel.Information, "Rate limits are shared through Redis again")]
    private static partial void LogBack(ILogger logger);
}
