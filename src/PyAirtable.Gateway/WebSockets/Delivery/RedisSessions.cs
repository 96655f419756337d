using System.Globalization;
using System.Text;
using PyAirtable.Hosting.Redis;
using StackExchange.Redis;

namespace PyAirtable.Gateway.WebSockets.Delivery;

/// <summary>
/// What the gateways know together, as Redis commands: which of them have a session's connections, and what waits for sessions
/// that have none. Each method is one script, so nothing happens between its parts.
/// </summary>
/// <remarks>
/// <c>ws:at:{session}</c> is a set of gateway ids, <c>ws:queue:{session}</c> a list of messages, <c>ws:queues</c> the sessions that
/// have one by the time of the last addition, <c>ws:queued</c> the number of messages. A gateway listens on a channel of its own;
/// one that nobody listens on is dead, whatever the sets say.
/// </remarks>
/// <param name="gateway">This gateway's id.</param>
/// <param name="terms">Bounds of the queues.</param>
/// <param name="maxSessions">Queues at most; the one that nothing was added to for longest gives way.</param>
internal sealed class RedisSessions(string gateway, SocketTerms terms, int maxSessions = 10_000)
{
    /// <summary>How long a set is kept that nobody renews.</summary>
    public static readonly TimeSpan PresenceLifetime = TimeSpan.FromHours(2);

    // KEYS: queue, queues, queued. ARGV: session, entry, now, lifetime of a queue, messages and sessions at most.
    private const string Push = """
        local function push()
          local length = redis.call('RPUSH', KEYS[1], ARGV[2])
          local total = redis.call('INCR', KEYS[3])
          if length > tonumber(ARGV[5]) then
            redis.call('LPOP', KEYS[1])
            total = redis.call('DECR', KEYS[3])
          end
          redis.call('ZADD', KEYS[2], ARGV[3], ARGV[1])
          while redis.call('ZCARD', KEYS[2]) > tonumber(ARGV[6]) do
            local oldest = 'ws:queue:' .. redis.call('ZPOPMIN', KEYS[2])[1]
            total = redis.call('DECRBY', KEYS[3], redis.call('LLEN', oldest))
            redis.call('DEL', oldest)
          end
          redis.call('PEXPIRE', KEYS[1], ARGV[4] * 2)
          redis.call('PEXPIRE', KEYS[3], ARGV[4] * 2)
          return total
        end

        """;

    private const string SendScript = Push + """
        local channels = {}
        for _, at in ipairs(redis.call('SMEMBERS', KEYS[4])) do
          local channel = ARGV[7] .. at
          if redis.call('PUBSUB', 'NUMSUB', channel)[2] > 0 then
            channels[#channels + 1] = channel
          end
        end
        if #channels == 0 then
          return {0, push()}
        end
        for _, channel in ipairs(channels) do
          redis.call('PUBLISH', channel, #channels .. ARGV[8])
        end
        return {#channels, tonumber(redis.call('GET', KEYS[3])) or 0}
        """;

    // All gateways that got the message must have refused it.
    private const string RefuseScript = Push + """
        if redis.call('INCR', KEYS[4]) < tonumber(ARGV[7]) then
          redis.call('PEXPIRE', KEYS[4], 60000)
          return {0, tonumber(redis.call('GET', KEYS[3])) or 0}
        end
        redis.call('DEL', KEYS[4])
        return {1, push()}
        """;

    private const string QueueScript = Push + "return {1, push()}";

    private const string JoinScript = """
        redis.call('SADD', KEYS[4], ARGV[2])
        redis.call('PEXPIRE', KEYS[4], ARGV[3])
        local entries = redis.call('LRANGE', KEYS[1], 0, -1)
        local total = tonumber(redis.call('GET', KEYS[3])) or 0
        if #entries > 0 then
          redis.call('DEL', KEYS[1])
          redis.call('ZREM', KEYS[2], ARGV[1])
          total = redis.call('DECRBY', KEYS[3], #entries)
        end
        return {total, entries}
        """;

    private const string SweepScript = """
        for _, session in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, 100)) do
          local queue = 'ws:queue:' .. session
          redis.call('DECRBY', KEYS[2], redis.call('LLEN', queue))
          redis.call('DEL', queue)
          redis.call('ZREM', KEYS[1], session)
        end
        return tonumber(redis.call('GET', KEYS[2])) or 0
        """;

    private static readonly RedisKey Queues = "ws:queues";
    private static readonly RedisKey Total = "ws:queued";

    private long _queued;

    /// <summary>Messages that wait, as this gateway last heard.</summary>
    public long Queued => Math.Max(Volatile.Read(ref _queued), 0);

    /// <summary>The channel on which this gateway gets messages. Channels know no databases, so the name has to.</summary>
    public RedisChannel ChannelIn(IDatabase database) => RedisChannel.Literal(PrefixIn(database) + gateway);

    /// <summary>Sends to the gateways that have connections of the session, or queues where none has; the number of gateways.</summary>
    public async Task<long> SendAsync(IDatabase database, string session, QueuedMessage message, DateTimeOffset now)
    {
        var sent = new SharedMessage(0, Guid.NewGuid().ToString("N"), session, message);
        return await PushAsync(database, SendScript, session, message, now, AtOf(session), PrefixIn(database), sent.ToBytes());
    }

    /// <summary>This gateway could deliver a message to nobody: queues it if all others say the same. Whether it was queued.</summary>
    public async Task<bool> RefuseAsync(IDatabase database, SharedMessage message, DateTimeOffset now) =>
        await PushAsync(database, RefuseScript, message.SessionId, message.Message, now, "ws:refused:" + message.Id, message.Gateways) == 1;

    /// <summary>Queues a message.</summary>
    public Task QueueAsync(IDatabase database, string session, QueuedMessage message, DateTimeOffset now) =>
        PushAsync(database, QueueScript, session, message, now, default);

    /// <summary>This gateway has a connection of the session from now on; takes what waits for it.</summary>
    public async Task<IReadOnlyList<QueuedMessage>> JoinAsync(IDatabase database, string session)
    {
        var answer = await database.ScriptEvaluateAsync(
            JoinScript,
            [QueueOf(session), Queues, Total, AtOf(session)],
            [session, gateway, (long)PresenceLifetime.TotalMilliseconds]);
        Volatile.Write(ref _queued, (long)answer[0]);
        return Array.ConvertAll((byte[]?[]?)answer[1] ?? [], entry => SharedMessage.ParseEntry(entry!));
    }

    /// <summary>This gateway has no connection of the session any more.</summary>
    public Task LeaveAsync(IDatabase database, string session) => database.SetRemoveAsync(AtOf(session), gateway);

    /// <summary>Drops queues that nothing was added to for too long.</summary>
    public async Task SweepAsync(IDatabase database, DateTimeOffset now)
    {
        var answer = await database.ScriptEvaluateAsync(SweepScript, [Queues, Total], [(now - terms.Settings.QueueLifetime).ToUnixTimeMilliseconds()]);
        Volatile.Write(ref _queued, (long)answer);
    }

    private async Task<long> PushAsync(IDatabase database, string script, string session, QueuedMessage message, DateTimeOffset now, RedisKey key, params RedisValue[] more)
    {
        var answer = await database.ScriptEvaluateAsync(
            script,
            key == default(RedisKey) ? [QueueOf(session), Queues, Total] : [QueueOf(session), Queues, Total, key],
            [
                session,
                SharedMessage.ToEntry(message),
                now.ToUnixTimeMilliseconds(),
                (long)terms.Settings.QueueLifetime.TotalMilliseconds,
                terms.Settings.MaxQueuedMessages,
                maxSessions,
                .. more,
            ]);
        Volatile.Write(ref _queued, (long)answer[1]);
        return (long)answer[0];
    }

    private static RedisKey QueueOf(string session) => "ws:queue:" + session;

    private static RedisKey AtOf(string session) => "ws:at:" + session;

    private static string PrefixIn(IDatabase database) => string.Create(CultureInfo.InvariantCulture, $"ws:{database.Database}:");
}
