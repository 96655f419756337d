using System.Data.Common;
using Dapper;
using PyAirtable.Automation.Jobs;
using PyAirtable.Automation.Workflows;
using PyAirtable.Hosting.Data;

namespace PyAirtable.Automation.Storage;

/// <summary>
/// Executions as jobs: pending rows are the queue. A claim leases a row to a process and gives it a number; the row stays pending until
/// the run first has something to store. What runs write goes through <see cref="ExecutionCommits"/>; here is what happens beside it.
/// </summary>
internal sealed class ExecutionJobStore(Database database)
{
    // SQLite is told by name which index to use; PostgreSQL has no other choice with its plans kept to indexes.
    private readonly string _byPending = database.Engine == DatabaseEngine.Sqlite ? "INDEXED BY ix_workflow_executions_pending_of" : "";
    private readonly string _byLease = database.Engine == DatabaseEngine.Sqlite ? "INDEXED BY ix_workflow_executions_leased" : "";

    /// <summary>Ids of workflows that have pending executions, behind <paramref name="after"/>, at most so many.</summary>
    /// <remarks>It goes from one workflow to the next in the index, however many executions each has.</remarks>
    public Task<List<int>> ListWaitingAsync(int after, int most, CancellationToken cancel) => ReadAsync(
        $"""
        WITH RECURSIVE waiting (id, place) AS (
          SELECT (SELECT workflow_id FROM workflow_executions {_byPending} WHERE status = 'PENDING' AND workflow_id > @after ORDER BY workflow_id LIMIT 1), 1
          UNION ALL
          SELECT (SELECT e.workflow_id FROM workflow_executions AS e {_byPending} WHERE e.status = 'PENDING' AND e.workflow_id > waiting.id ORDER BY e.workflow_id LIMIT 1),
                 place + 1
          FROM waiting WHERE waiting.id IS NOT NULL AND place < @most)
        SELECT id FROM waiting WHERE id IS NOT NULL
        """,
        [("after", after), ("most", most)],
        static row => row.GetInt32(0),
        cancel);

    /// <summary>What a process has leased, as it stands in the table.</summary>
    public Task<List<LeasedExecution>> ListLeasedAsync(string owner, CancellationToken cancel) => ReadAsync(
        $"SELECT id, claim, cancel_requested FROM workflow_executions {_byLease} WHERE lease_owner = @owner AND lease_owner IS NOT NULL",
        [("owner", owner)],
        static row => new LeasedExecution(row.GetInt32(0), row.GetInt32(1), row.GetBoolean(2)),
        cancel);

    /// <summary>Number of pending executions; no more than <paramref name="most"/> are counted.</summary>
    public async Task<long> CountPendingAsync(int most, CancellationToken cancel) => (await ReadAsync(
        $"SELECT count(*) FROM (SELECT 1 FROM workflow_executions {_byPending} WHERE status = 'PENDING' LIMIT @most) AS waiting",
        [("most", most)],
        static row => row.GetInt64(0),
        cancel))[0];

    /// <summary>Gives back executions that were claimed and not begun.</summary>
    public async Task ReleaseAsync(IReadOnlyList<ExecutionJob> jobs, CancellationToken cancel)
    {
        foreach (var job in jobs)
        {
            await database.WriteAsync(
                (connection, transaction, token) => connection.ExecuteAsync(
                    "UPDATE workflow_executions SET lease_owner = NULL, lease_expires_at = NULL WHERE id = @id AND claim = @claim AND status = 'PENDING'",
                    new { id = job.Id, claim = job.Claim, cancel = token },
                    transaction),
                cancel);
        }
    }

    /// <summary>
    /// Ends runs whose lease has ended (automation contract 8.2): as failed, or as cancelled where that was asked for. How many.
    /// </summary>
    public async Task<int> EndAbandonedAsync(string error, DateTime now, CancellationToken cancel)
    {
        var ended = 0;
        var abandoned = await ReadAsync(
            $"""
            SELECT id, workflow_id, claim, cancel_requested, started_at FROM workflow_executions {_byLease}
            WHERE lease_owner IS NOT NULL AND status = 'RUNNING' AND lease_expires_at < @now
            """,
            [("now", now)],
            ReadAbandoned,
            cancel);
        foreach (var run in abandoned)
        {
            try
            {
                await EndAsync(run.Job, run.IsCancelled ? ExecutionOutcome.Cancelled : ExecutionOutcome.Failure(error), run.StartedAt, now, cancel);
                ended++;
            }
            catch (LeaseLostException)
            {
                // Another process was first, or the owner is alive after all.
            }
        }
        return ended;
    }

    private Task EndAsync(ExecutionJob job, ExecutionOutcome outcome, DateTime startedAt, DateTime now, CancellationToken cancel) => database.WriteAsync(
        async (connection, transaction, token) =>
        {
            // The workflow's row first, in every transaction, so that two cannot wait for each other.
            if (outcome.Status == ExecutionStatus.Failed)
            {
                await connection.ExecuteAsync(
                    "UPDATE workflows SET execution_count = execution_count + 1, failure_count = failure_count + 1, last_execution_at = @now, updated_at = @now WHERE id = @workflow",
                    new { workflow = job.WorkflowId, now, cancel = token },
                    transaction);
            }
            var written = await connection.ExecuteAsync(
                """
                UPDATE workflow_executions SET status = @status, claim = claim + 1, error_message = @error, logs = coalesce(logs, '') || @lines, completed_at = @now,
                       duration = @duration, updated_at = @now, lease_owner = NULL, lease_expires_at = NULL
                WHERE id = @id AND claim = @claim AND status = 'RUNNING' AND lease_expires_at < @now
                """,
                new
                {
                    id = job.Id,
                    claim = job.Claim,
                    status = outcome.Status,
                    error = outcome.Error,
                    lines = outcome.LastLine,
                    now,
                    duration = Math.Max(0, (now.Ticks - startedAt.Ticks) / (double)TimeSpan.TicksPerSecond),
                    cancel = token,
                },
                transaction);
            if (written == 0)
            {
                throw new LeaseLostException();
            }
            await connection.ExecuteAsync(
                "UPDATE workflow_execution_steps SET status = @status, error = @error, completed_at = @now WHERE execution_id = @id AND status = 'RUNNING'",
                new { id = job.Id, status = outcome.Status, error = outcome.Error, now, cancel = token },
                transaction);
        },
        cancel);

    private static (ExecutionJob Job, bool IsCancelled, DateTime StartedAt) ReadAbandoned(DbDataReader row) =>
        (new ExecutionJob { Id = row.GetInt32(0), WorkflowId = row.GetInt32(1), Claim = row.GetInt32(2) }, row.GetBoolean(3), row.GetDateTime(4));

    private async Task<List<T>> ReadAsync<T>(string sql, IReadOnlyList<(string Name, object Value)> parameters, Func<DbDataReader, T> read, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = database.Engine == DatabaseEngine.Sqlite ? null : await BeginAsync(connection, cancel);
        await using var command = connection.CreateCommand();
        (command.CommandText, command.Transaction) = (sql, transaction);
        foreach (var (name, value) in parameters)
        {
            command.Add("@" + name, value);
        }
        var rows = new List<T>();
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            rows.Add(read(reader));
        }
        return rows;
    }

    private static async Task<DbTransaction> BeginAsync(DbConnection connection, CancellationToken cancel)
    {
        var transaction = await connection.BeginTransactionAsync(cancel);
        await using var command = connection.CreateCommand();
        (command.CommandText, command.Transaction) = (PostgresExecutionBatches.KeepToIndexes, transaction);
        await command.ExecuteNonQueryAsync(cancel);
        return transaction;
    }
}
