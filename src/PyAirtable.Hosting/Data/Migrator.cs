using System.Data.Common;
using Microsoft.Extensions.Logging;
using PyAirtable.Hosting.Data.Checking;

namespace PyAirtable.Hosting.Data;

/// <summary>
/// Applies the modules' migrations: in order, each in one transaction that holds a lock, so that processes may start
/// at once. An up-to-date database costs one query and no lock. Tables that are not in a migration are left alone.
/// </summary>
public sealed partial class Migrator(Database database, ILoggerFactory loggers, TimeProvider clock)
{
    private readonly ILogger _log = loggers.CreateLogger<Migrator>();

    /// <summary>What <see cref="ApplyAsync"/> would run now, in order.</summary>
    /// <exception cref="MigrationException">The text of an applied migration was changed.</exception>
    /// <exception cref="DbException">The database cannot be reached.</exception>
    public async Task<IReadOnlyList<PlannedMigration>> PlanAsync(IReadOnlyList<MigrationSet> sets, CancellationToken cancellationToken) =>
        (await PendingAsync(sets, cancellationToken)).ConvertAll(migration => new PlannedMigration(migration.Step, migration.Sql));

    /// <summary>In what the database is not as the migrations leave it, a line each: what is not applied, and what differs in tables. A newer
    /// database, and more columns, are no fault where rows can be written without them.</summary>
    /// <exception cref="MigrationException">The text of an applied migration was changed.</exception>
    /// <exception cref="DbException">The database cannot be reached.</exception>
    public async Task<IReadOnlyList<string>> CheckAsync(IReadOnlyList<MigrationSet> sets, CancellationToken cancellationToken)
    {
        var pending = (await PendingAsync(sets, cancellationToken)).ConvertAll(migration => $"the migration {migration.Step} is not applied");
        return pending.Count > 0 ? pending : await new SchemaCheck(database).FindFaultsAsync(sets, cancellationToken);
    }

    /// <summary>Applies what is missing, a line to <paramref name="output"/> for each migration; answers how many this call applied.</summary>
    /// <exception cref="MigrationException">A migration failed, or the text of an applied one was changed. Those before it stay.</exception>
    /// <exception cref="DbException">The database cannot be reached.</exception>
    public async Task<int> ApplyAsync(IReadOnlyList<MigrationSet> sets, TextWriter output, CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var migration in await PendingAsync(sets, cancellationToken))
        {
            if (await ApplyOneAsync(migration, cancellationToken))
            {
                LogApplied(migration.Step);
                await output.WriteLineAsync(migration.Step.ToString());
                count++;
            }
        }

        return count;
    }

    private async Task<List<Migration>> PendingAsync(IReadOnlyList<MigrationSet> sets, CancellationToken cancellationToken)
    {
        var applied = await AppliedAsync(cancellationToken);
        var pending = new List<Migration>();
        foreach (var set in sets)
        {
            var known = Migration.Load(set, database.Engine);
            WarnOfNewer(set, known[^1].Step.Version, applied.Keys);
            pending.AddRange(known.Where(migration => !IsApplied(migration, applied)));
        }

        return pending;
    }

    private async Task<Dictionary<(string Module, int Version), string>> AppliedAsync(CancellationToken cancellationToken)
    {
        // Looking makes no file.
        if (database.FilePath is { } path && !File.Exists(path))
        {
            return [];
        }
        await using var connection = await database.OpenAsync(cancellationToken);
        return await MigrationRecords.ReadAsync(connection, null, cancellationToken);
    }

    /// <summary>False when another process applied it while this one waited for the lock.</summary>
    private async Task<bool> ApplyOneAsync(Migration migration, CancellationToken cancellationToken)
    {
        try
        {
            return await database.WriteAsync(async (connection, transaction, token) =>
            {
                await MigrationRecords.LockAsync(database, connection, transaction, token);
                if (IsApplied(migration, await MigrationRecords.ReadAsync(connection, transaction, token)))
                {
                    return false;
                }

                // Unspecified kind: the column is a timestamp without zone, in UTC.
                var now = DateTime.SpecifyKind(clock.GetUtcNow().UtcDateTime, DateTimeKind.Unspecified);
                await MigrationRecords.ApplyAsync(connection, transaction, migration, now, token);
                return true;
            }, cancellationToken);
        }
        catch (DbException error)
        {
            throw new MigrationException($"The migration {migration.Step} failed and was rolled back: {error.Message}", error);
        }
    }

    private static bool IsApplied(Migration migration, Dictionary<(string Module, int Version), string> applied)
    {
        if (!applied.TryGetValue((migration.Step.Module, migration.Step.Version), out var checksum))
        {
            return false;
        }

        return checksum == migration.Checksum ? true : throw new MigrationException(
            $"The migration {migration.Step} was changed after it was applied to this database; restore its text and put the change into a new migration");
    }

    /// <summary>Only a warning: during a rollout, or after one was taken back, older programs run on a newer database. Migrations only add, so they can.</summary>
    private void WarnOfNewer(MigrationSet set, int known, IEnumerable<(string Module, int Version)> applied)
    {
        var newest = applied.Where(key => key.Module == set.Name).Select(key => key.Version).DefaultIfEmpty().Max();
        if (newest > known)
        {
            LogNewerDatabase(set.Name, newest, known);
        }
    }
}
