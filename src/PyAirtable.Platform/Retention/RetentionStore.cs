using PyAirtable.Hosting.Data;
using PyAirtable.Platform.Rollups;
using PyAirtable.Platform.Storage;

namespace PyAirtable.Platform.Retention;

/// <summary>Deletes old rows of events and metrics, few at a time, and what the roll-ups have of them.</summary>
internal sealed class RetentionStore(Database database)
{
    /// <summary>Rows of one transaction at most: on SQLite writers wait for it, some ten milliseconds.</summary>
    public const int BatchSize = 1_000;

    /// <summary>Deletes the oldest rows before a bucket; the number of rows, <see cref="BatchSize"/> at most.</summary>
    public Task<int> DeleteAsync(Rollup rollup, DateTime before, CancellationToken cancel) => database.WriteAsync(
        async (connection, transaction, token) =>
        {
            // First, in the order in which the roll-up's own transactions take their locks.
            await RollupStore.LockAsync(rollup, connection, transaction, token);
            var deleted = await transaction.ExecuteAsync(
                $"DELETE FROM {rollup.Table} WHERE id IN (SELECT id FROM {rollup.Table} WHERE timestamp < @before ORDER BY timestamp, id LIMIT {BatchSize})",
                token,
                ("before", before));
            await RollupStore.ForgetAsync(rollup, before, transaction, token);
            return deleted;
        },
        cancel);
}
