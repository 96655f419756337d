using Dapper;
using PyAirtable.Hosting.Data;

namespace PyAirtable.Platform.Rollups;

/// <summary>
/// Waits for the writes of a table that are under way. PostgreSQL gives an id when a row is made and shows the row when its transaction
/// commits, so a lower id may appear after a higher one. Who is to insert holds a lock on the table before it is given an id: once those
/// who hold it now have ended, every id up to the highest that was seen before is there or will never be. Nobody is blocked.
/// </summary>
internal sealed class OpenWrites(Database database, TimeProvider clock)
{
    private const string Holders = """
        SELECT pid || ' ' || virtualtransaction FROM pg_locks
        WHERE locktype = 'relation' AND mode = 'RowExclusiveLock' AND granted AND relation = to_regclass(@table)
          AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        """;

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Waits until the writes of <paramref name="table"/> that are under way have ended; false when they take longer than a second.</summary>
    public async Task<bool> WaitAsync(string table, CancellationToken cancel)
    {
        if (database.Engine == DatabaseEngine.Sqlite)
        {
            // One writer: what is under way has no ids yet that others could have passed.
            return true;
        }

        var began = clock.GetTimestamp();
        var open = await ReadAsync(table, cancel);
        while (open.Count > 0 && clock.GetElapsedTime(began) < Patience)
        {
            await Task.Delay(Poll, clock, cancel);
            open.IntersectWith(await ReadAsync(table, cancel));
        }

        return open.Count == 0;
    }

    private async Task<HashSet<string>> ReadAsync(string table, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return [.. await connection.QueryAsync<string>(Holders, new { table, cancel })];
    }
}
