using System.Data.Common;
using Dapper;
using PyAirtable.Automation.Triggers;
using PyAirtable.Hosting.Data;
using PyAirtable.Hosting.Events;

namespace PyAirtable.Automation.Storage;

/// <summary>
/// Starts the executions of events: pending rows, which workers take. A workflow's row is locked while its execution is added, so that ids
/// come in the order of commits; several are locked in the order of their ids, so that two events cannot wait for each other.
/// </summary>
internal sealed class TriggerStore(Database database)
{
    // What comes before what is judged across clocks that differ by less.
    private static readonly TimeSpan Skew = TimeSpan.FromDays(1);

    // The cross join keeps SQLite, which knows nothing of the tables' sizes, from going through all active workflows instead.
    private const string Candidates = """
        SELECT w.id AS Id, w.triggers AS Triggers
        FROM (SELECT DISTINCT workflow_id FROM workflow_trigger_index WHERE event = @type AND detail IN ('', @detail)) AS found
        CROSS JOIN workflows AS w
        WHERE w.id = found.workflow_id AND w.status = 'ACTIVE' AND w.is_enabled AND w.created_at <= @time
        ORDER BY w.id
        """;

    private const string Target = "SELECT id FROM workflows WHERE id = @id AND status = 'ACTIVE' AND is_enabled";

    private const string Insert = """
        INSERT INTO workflow_executions (workflow_id, status, trigger_type, trigger_data, triggered_file_id, result, created_at, updated_at)
        """;

    /// <summary>Adds the executions that the event of a file starts, in the transaction that stores the event itself; how many.</summary>
    public static async Task<int> AddAsync(DatabaseEngine engine, DbConnection connection, DbTransaction transaction, FileEvent happened, DateTime now, CancellationToken cancel)
    {
        var added = 0;
        foreach (var workflow in await FindAsync(connection, transaction, happened.Name, happened.Extension, now + Skew, triggers => TriggerRules.Match(triggers, happened), cancel))
        {
            if (await LockAsync(engine, connection, transaction, workflow, cancel))
            {
                added += await connection.ExecuteAsync(
                    Insert + " VALUES (@workflow, 'PENDING', @type, json(@data), @file, json('{}'), @now, @now)",
                    new { workflow, type = happened.Name, data = happened.Data, file = happened.File.Id, now, cancel },
                    transaction);
            }
        }
        await TellAsync(connection, transaction, added, cancel);
        return added;
    }

    /// <summary>Adds the executions that an event of the bus starts, each once however often the event is delivered; how many.</summary>
    public Task<int> AddAsync(EventEnvelope happened, DateTime now, CancellationToken cancel) => database.WriteAsync(async (connection, transaction, token) =>
    {
        var added = 0;
        var (data, start, time) = (BusEvent.Data(happened), BusEvent.Start(happened), happened.Time.UtcDateTime);
        if (BusEvent.ExecutionId(happened) is { } cause && await IsOfEventAsync(connection, transaction, cause, token))
        {
            return 0;
        }
        foreach (var workflow in await FindAsync(connection, transaction, TriggerRules.Event, happened.Type, time, triggers => TriggerRules.EventTypes(triggers).Contains(happened.Type), token))
        {
            if (await LockAsync(database.Engine, connection, transaction, workflow, token))
            {
                added += await connection.ExecuteAsync(
                    Insert + """
                         SELECT @workflow, 'PENDING', 'event', json(@data), CAST(NULL AS integer), json('{}'), @now, @now
                        WHERE NOT EXISTS (
                          SELECT 1 FROM workflow_executions
                          WHERE workflow_id = @workflow AND trigger_type = 'event' AND created_at >= @since AND substr(CAST(trigger_data AS text), 1, length(@start)) = @start)
                        """,
                    new { workflow, data, start, since = (time < now ? time : now) - Skew, now, cancel = token },
                    transaction);
            }
        }
        await TellAsync(connection, transaction, added, token);
        return added;
    }, cancel);

    /// <summary>The types of events that workflows wait for; the empty text where one waits for an event whose name is not plainly written.</summary>
    public async Task<HashSet<string>> ListEventTypesAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return [.. await connection.QueryAsync<string>("SELECT DISTINCT detail FROM workflow_trigger_index WHERE event = @type", new { type = TriggerRules.Event, cancel })];
    }

    // Ids of those that were there at the time, as a new group of the bus is given what happened before them too. Row by row, for there may
    // be very many.
    private static async Task<List<int>> FindAsync(
        DbConnection connection, DbTransaction transaction, string type, string detail, DateTime time, Func<string, bool> matches, CancellationToken cancel)
    {
        var found = new List<int>();
        await foreach (var workflow in connection.QueryUnbufferedAsync<TriggeredWorkflow>(Candidates, new { time, type, detail }, transaction).WithCancellation(cancel))
        {
            if (matches(workflow.Triggers))
            {
                found.Add(workflow.Id);
            }
        }
        return found;
    }

    // Another process may be the first that is free for them.
    private static Task TellAsync(DbConnection connection, DbTransaction transaction, int added, CancellationToken cancel) =>
        added > 0 ? PostgresNotices.SendAsync(connection, transaction, PostgresNotices.NotifyWork, cancel) : Task.CompletedTask;

    private static async Task<bool> LockAsync(DatabaseEngine engine, DbConnection connection, DbTransaction transaction, int id, CancellationToken cancel) =>
        (engine == DatabaseEngine.Sqlite
            ? await connection.ExecuteScalarAsync<int?>(Target, new { id, cancel }, transaction)
            : await connection.ExecuteScalarAsync<int?>(Target + " FOR NO KEY UPDATE", new { id, cancel }, transaction)) is not null;

    // What a run that an event started tells starts nothing more: two workflows could else start each other for ever.
    private static async Task<bool> IsOfEventAsync(DbConnection connection, DbTransaction transaction, long execution, CancellationToken cancel) =>
        await connection.ExecuteScalarAsync<string?>("SELECT trigger_type FROM workflow_executions WHERE id = @execution", new { execution, cancel }, transaction) == TriggerRules.Event;
}
