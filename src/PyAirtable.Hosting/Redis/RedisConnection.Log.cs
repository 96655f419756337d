using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace PyAirtable.Hosting.Redis;

public sealed partial class RedisConnection
{
    [LoggerMessage(300, LogLevel.Warning, "Redis at {Server} cannot be reached ({Reason}); reconnecting in the background")]
    private static partial void LogLost(ILogger logger, RedisOptions server, ConnectionFailureType reason);

    [LoggerMessage(301, LogLevel.Information, "Redis at {Server} is back")]
    private static partial void LogFound(ILogger logger, RedisOptions server);
}
