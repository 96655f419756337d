using System.Data.Common;
using Dapper;
using PyAirtable.Automation.Jobs;
using PyAirtable.Automation.Replies;
using PyAirtable.Automation.Workflows;
using PyAirtable.Hosting.Data;

namespace PyAirtable.Automation.Storage;

/// <summary>
/// Executions as jobs: pending rows are the queue. Of one workflow, one runs at a time, in the order of ids. Only who holds the lease of a
/// running row may write to it.
/// </summary>
internal sealed class ExecutionJobStore(Database database)
{
    private const string Held = "WHERE id = @id AND lease_owner = @owner AND status = 'RUNNING'";

    private const string Next = """
        SELECT e.id FROM workflow_executions e WHERE e.status = 'PENDING'
          AND NOT EXISTS (SELECT 1 FROM workflow_executions r WHERE r.workflow_id = e.workflow_id AND r.status = 'RUNNING')
          AND NOT EXISTS (SELECT 1 FROM workflow_executions p WHERE p.workflow_id = e.workflow_id AND p.status = 'PENDING' AND p.id < e.id)
        ORDER BY e.id LIMIT 1
        """;

    private const string Claim = $"""
        UPDATE workflow_executions SET status = 'RUNNING', started_at = @now, updated_at = @now, logs = @logs, lease_owner = @owner, lease_expires_at = @until
        WHERE status = 'PENDING' AND id = ({Next}
        """;

    private const string Claimed = """
        ) RETURNING id AS Id, workflow_id AS WorkflowId, lease_owner AS Owner, trigger_data AS TriggerData, triggered_file_id AS TriggeredFileId,
            started_at AS StartedAt, created_at AS CreatedAt
        """;

    private const string Started = "Workflow execution started\n";

    /// <summary>Starts the next execution that may run; null when there is none.</summary>
    public async Task<ExecutionJob?> ClaimAsync(string owner, DateTime now, DateTime until, CancellationToken cancel)
    {
        if (!await AnyPendingAsync(cancel))
        {
            return null;
        }
        return await database.WriteAsync((connection, transaction, token) => database.Engine == DatabaseEngine.Sqlite
            ? connection.QueryFirstOrDefaultAsync<ExecutionJob>(Claim + Claimed, new { owner, now, until, logs = Started, cancel = token }, transaction)
            : connection.QueryFirstOrDefaultAsync<ExecutionJob>(
                Claim + " FOR UPDATE SKIP LOCKED" + Claimed, new { owner, now, until, logs = Started, cancel = token }, transaction), cancel);
    }

    /// <summary>Lengthens a lease; false when it is lost.</summary>
    public async Task<bool> RenewAsync(ExecutionJob job, DateTime until, CancellationToken cancel) => await database.WriteAsync(
        (connection, transaction, token) => connection.ExecuteAsync(
            $"UPDATE workflow_executions SET lease_expires_at = @until {Held}", new { id = job.Id, owner = job.Owner, until, cancel = token }, transaction), cancel) > 0;

    /// <summary>Adds to the log of a run.</summary>
    /// <exception cref="LeaseLostException">The run was taken away or deleted.</exception>
    public async Task AppendLogAsync(ExecutionJob job, string lines, DateTime now, CancellationToken cancel)
    {
        var written = await database.WriteAsync(
            (connection, transaction, token) => connection.ExecuteAsync(
                $"UPDATE workflow_executions SET logs = logs || @lines, updated_at = @now {Held}", new { id = job.Id, owner = job.Owner, lines, now, cancel = token }, transaction), cancel);
        if (written == 0)
        {
            throw new LeaseLostException();
        }
    }

    /// <summary>Ends a run: its outcome and the workflow's counters, in one transaction.</summary>
    /// <exception cref="LeaseLostException">The run was taken away or deleted; nothing is written.</exception>
    public Task FinishAsync(ExecutionJob job, ExecutionOutcome outcome, DateTime now, CancellationToken cancel) => database.WriteAsync(
        (connection, transaction, token) => FinishAsync(connection, transaction, job, outcome, now, token), cancel);

    /// <summary>Fails the runs whose lease has ended; how many.</summary>
    public async Task<int> FailAbandonedAsync(string error, DateTime now, CancellationToken cancel)
    {
        var failed = 0;
        foreach (var job in await ListAbandonedAsync(now, cancel))
        {
            try
            {
                await FinishAsync(job, ExecutionOutcome.Failure(error), now, cancel);
                failed++;
            }
            catch (LeaseLostException)
            {
                // Another process was first, or the owner is alive after all and has ended it.
            }
        }
        return failed;
    }

    private static async Task FinishAsync(DbConnection connection, DbTransaction transaction, ExecutionJob job, ExecutionOutcome outcome, DateTime now, CancellationToken cancel)
    {
        // The workflow's row first, in every transaction, so that two cannot wait for each other.
        var (success, failure) = outcome.Error is null ? (1, 0) : (0, 1);
        await connection.ExecuteAsync(
            """
            UPDATE workflows SET execution_count = execution_count + 1, success_count = success_count + @success, failure_count = failure_count + @failure,
                   last_execution_at = @now, updated_at = @now
            WHERE id = @workflow
            """,
            new { workflow = job.WorkflowId, success, failure, now, cancel },
            transaction);
        var status = outcome.Error is null ? ExecutionStatus.Completed : ExecutionStatus.Failed;
        var duration = Math.Max(0, (now.Ticks - job.StartedAt.Ticks) / (double)TimeSpan.TicksPerSecond);
        var written = await connection.ExecuteAsync(
            $"""
            UPDATE workflow_executions SET status = @status, result = json(@result), error_message = @error, logs = logs || @lines,
                   completed_at = @now, duration = @duration, updated_at = @now, lease_owner = NULL, lease_expires_at = NULL
            {Held}
            """,
            new { id = job.Id, owner = job.Owner, status, result = outcome.Result, error = outcome.Error, lines = outcome.LastLine, now, duration, cancel },
            transaction);
        if (written == 0)
        {
            throw new LeaseLostException();
        }
    }

    private async Task<List<ExecutionJob>> ListAbandonedAsync(DateTime now, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var jobs = await connection.QueryAsync<ExecutionJob>(
            """
            SELECT id AS Id, workflow_id AS WorkflowId, lease_owner AS Owner, trigger_data AS TriggerData, triggered_file_id AS TriggeredFileId,
                   started_at AS StartedAt, created_at AS CreatedAt
            FROM workflow_executions WHERE status = 'RUNNING' AND lease_expires_at < @now ORDER BY id
            """,
            new { now, cancel });
        return [.. jobs];
    }

    // A read first: an idle worker shall not take SQLite's one writer every second.
    private async Task<bool> AnyPendingAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await connection.ExecuteScalarAsync<int?>("SELECT id FROM workflow_executions WHERE status = 'PENDING' LIMIT @one", new { one = 1, cancel }) is not null;
    }
}
