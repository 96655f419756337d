using PyAirtable.Hosting.Redis;
using StackExchange.Redis;

namespace PyAirtable.Hosting.Events;

/// <summary>A group's place in the stream as one consumer sees it: the Redis commands, and nothing of when they are sent.</summary>
internal sealed class RedisStreamReader(RedisStreamOptions options, string group, string consumer)
{
    private const int SweepPage = 100;
    private const int LongestReason = 500;

    /// <summary>Makes the group, and the stream, unless it is there. A new group starts with what the stream holds.</summary>
    public async Task CreateGroupAsync(IDatabase database)
    {
        try
        {
            await database.StreamCreateConsumerGroupAsync(options.Stream, group, StreamPosition.Beginning, createStream: true);
        }
        catch (RedisServerException e) when (e.Message.StartsWith("BUSYGROUP", StringComparison.Ordinal))
        {
            // It is there.
        }
    }

    /// <summary>New entries; waits for the first one. Must run on a connection of its own.</summary>
    public async Task<IReadOnlyList<StreamEntry>> ReadNewAsync(IDatabase blocking, int count, TimeSpan wait)
    {
        var milliseconds = Math.Max((long)wait.TotalMilliseconds, 1);
        var answer = await blocking.ExecuteAsync(
            "XREADGROUP", "GROUP", group, consumer, "COUNT", count, "BLOCK", milliseconds, "STREAMS", (RedisKey)options.Stream, ">");
        if (answer.IsNull || answer.Length == 0)
        {
            return [];
        }

        // One stream: [[key, [[id, [field, value, …]], …]]].
        var entries = answer[0][1];
        var read = new StreamEntry[entries.Length];
        for (var i = 0; i < read.Length; i++)
        {
            var fields = (RedisValue[]?)entries[i][1] ?? [];
            var pairs = new NameValueEntry[fields.Length / 2];
            for (var j = 0; j < pairs.Length; j++)
            {
                pairs[j] = new NameValueEntry(fields[2 * j], fields[(2 * j) + 1]);
            }

            read[i] = new StreamEntry((RedisValue)entries[i][0], pairs);
        }

        return read;
    }

    /// <summary>A page of entries, after the given one, that were delivered and not settled for at least a time.</summary>
    public Task<StreamPendingMessageInfo[]> PendingAsync(IDatabase database, RedisValue after, TimeSpan idle) =>
        database.StreamPendingMessagesAsync(
            options.Stream, group, SweepPage, RedisValue.Null, after.IsNull ? "-" : "(" + after, "+", (long)idle.TotalMilliseconds);

    /// <summary>Takes the entry over, counting one more delivery; null when another was faster or the stream has dropped it.</summary>
    public async Task<StreamEntry?> ClaimAsync(IDatabase database, RedisValue id, TimeSpan idle)
    {
        var claimed = await database.StreamClaimAsync(options.Stream, group, consumer, (long)idle.TotalMilliseconds, [id]);
        return claimed is [{ IsNull: false } entry] ? entry : null;
    }

    /// <summary>Starts the visibility time of entries that this consumer holds anew.</summary>
    public Task RenewAsync(IDatabase database, RedisValue[] ids) =>
        database.StreamClaimIdsOnlyAsync(options.Stream, group, consumer, 0, ids);

    /// <summary>Settles entries.</summary>
    public Task AcknowledgeAsync(IDatabase database, RedisValue[] ids) =>
        database.StreamAcknowledgeAsync(options.Stream, group, ids);

    /// <summary>Settles the entry and keeps it, with the reason, in the dead letters; both or neither.</summary>
    public async Task BuryAsync(IDatabase database, StreamEntry entry, int attempts, string reason)
    {
        var sent = entry[RedisStreamEventBus.Field];
        var transaction = database.CreateTransaction();
        NameValueEntry[] letter =
        [
            new(RedisStreamEventBus.Field, sent.IsNull ? RedisValue.EmptyString : sent),
            new("id", entry.Id),
            new("group", group),
            new("attempts", attempts),
            new("reason", reason.Length <= LongestReason ? reason : reason[..LongestReason]),
        ];
        _ = transaction.StreamAddAsync(options.DeadStream, letter, null, options.MaxLength, useApproximateMaxLength: true);
        _ = transaction.StreamAcknowledgeAsync(options.Stream, group, entry.Id);
        await transaction.ExecuteAsync();
    }

    /// <summary>Takes this consumer out of the group, unless it leaves something unsettled: that would be lost with it.</summary>
    public async Task LeaveAsync(IDatabase database)
    {
        var pending = await database.StreamPendingMessagesAsync(options.Stream, group, 1, consumer);
        if (pending.Length == 0)
        {
            await database.StreamDeleteConsumerAsync(options.Stream, group, consumer);
        }
    }
}
