using Microsoft.Extensions.Logging;
using PyAirtable.Hosting.Redis;

namespace PyAirtable.Hosting.Tests.Redis;

internal static class Connections
{
    public static RedisConnection Open(string url, ILoggerFactory loggers) =>
        RedisOptions.TryParse(url, null, null, out var options, out var error)
            ? new RedisConnection(options, loggers, TimeProvider.System)
            : throw new ArgumentException(error, nameof(url));

    /// <summary>Waits, half a minute at most, until the condition holds.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        while (!await condition())
        {
            await Task.Delay(20, limit.Token);
        }
    }
}
