using System.Data.Common;
using Dapper;
using PyAirtable.Hosting.Data;
using PyAirtable.Platform.Storage;

namespace PyAirtable.Platform.Rollups;

/// <summary>Adds rows to roll-ups, in transactions of bounded length. Processes that do so at once do not add a row twice.</summary>
internal sealed class RollupStore(Database database)
{
    /// <summary>Rows of one transaction at most: on SQLite writers wait for it, some ten milliseconds.</summary>
    public const int BatchSize = 5_000;

    /// <summary>Reads the highest id that is in the roll-up <c>@name</c>: rows beyond it count beside it.</summary>
    public const string FoldedThrough = "SELECT folded_through FROM platform_rollups WHERE name = @name";

    private const string Claim = "UPDATE platform_rollups SET folded_through = @through WHERE name = @name AND folded_through = @after";

    private const string State = """
        SELECT folded_through AS FoldedThrough,
               coalesce(CASE name WHEN 'events' THEN (SELECT max(id) FROM platform_analytics_events) ELSE (SELECT max(id) FROM platform_analytics_metrics) END, 0) AS Newest
        FROM platform_rollups WHERE name = @name
        """;

    /// <summary>How far it goes, as of now.</summary>
    public async Task<RollupState> ReadAsync(Rollup rollup, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await connection.QueryFirstAsync<RollupState>(
            State,
            new { name = rollup.Name, cancel });
    }

    /// <summary>Adds the rows with <paramref name="after"/> &lt; id ≤ <paramref name="through"/>, of which none may be written any more.</summary>
    /// <returns>False when another process has added some of them; nothing is added then.</returns>
    public Task<bool> FoldAsync(Rollup rollup, long after, long through, CancellationToken cancel) => database.WriteAsync(
        async (connection, transaction, token) =>
        {
            if (await connection.ExecuteAsync(Claim, new { name = rollup.Name, after, through, cancel = token }, transaction) == 0)
            {
                return false;
            }

            foreach (var statement in rollup.Fold)
            {
                await transaction.ExecuteAsync(statement, token, ("after", after), ("through", through));
            }

            return true;
        },
        cancel);

    /// <summary>Empties it, to be made anew.</summary>
    public Task ResetAsync(Rollup rollup, CancellationToken cancel) => database.WriteAsync(
        async (connection, transaction, token) =>
        {
            await connection.ExecuteAsync("UPDATE platform_rollups SET folded_through = 0 WHERE name = @name", new { name = rollup.Name, cancel = token }, transaction);
            foreach (var target in rollup.Targets)
            {
                await transaction.ExecuteAsync($"DELETE FROM {target}", token);
            }
        },
        cancel);

    /// <summary>
    /// Keeps it in step with a deletion of rows before a bucket, in the deletion's own transaction. SQLite gives the ids of deleted
    /// last rows again, so it must not count those as added.
    /// </summary>
    public static async Task ForgetAsync(Rollup rollup, DateTime before, DbTransaction transaction, CancellationToken cancel)
    {
        foreach (var target in rollup.Targets)
        {
            await transaction.ExecuteAsync($"DELETE FROM {target} WHERE bucket < @before", cancel, ("before", before));
        }

        await transaction.ExecuteAsync(
            $"""
            UPDATE platform_rollups SET folded_through = (SELECT coalesce(max(id), 0) FROM {rollup.Table})
            WHERE name = @name AND folded_through > (SELECT coalesce(max(id), 0) FROM {rollup.Table})
            """,
            cancel,
            ("name", rollup.Name));
    }

    /// <summary>Lets no other transaction change the roll-up until this one ends; on SQLite none can anyway.</summary>
    public static Task LockAsync(Rollup rollup, DbConnection connection, DbTransaction transaction, CancellationToken cancel) =>
        connection.ExecuteAsync("UPDATE platform_rollups SET folded_through = folded_through WHERE name = @name", new { name = rollup.Name, cancel }, transaction);
}
