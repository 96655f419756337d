using StackExchange.Redis;

namespace PyAirtable.Platform.Events;

/// <summary>The Redis list of the newest events, newest first (platform contract 4.5, D-28).</summary>
internal static class RecentEvents
{
    /// <summary>The list's key, which other programs read.</summary>
    public const string Key = "recent_events";

    /// <summary>Events that it has at most.</summary>
    public const int Length = 100;

    // One step, so that nobody sees it longer than it is to be.
    private const string Script = """
        redis.call('LPUSH', KEYS[1], unpack(ARGV))
        redis.call('LTRIM', KEYS[1], 0, 99)
        """;

    /// <summary>Adds events, given oldest first as JSON.</summary>
    public static Task PushAsync(IDatabase database, IReadOnlyList<ReadOnlyMemory<byte>> events)
    {
        RedisValue[] newest = [.. events.Skip(events.Count - Length).Select(static json => (RedisValue)json)];
        return database.ScriptEvaluateAsync(Script, [Key], newest);
    }
}
