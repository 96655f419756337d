using Dapper;
using PyAirtable.Automation.Workflows;
using PyAirtable.Hosting.Data;

namespace PyAirtable.Automation.Storage;

/// <summary>The table <c>workflow_executions</c> as clients see it; <see cref="ExecutionJobStore"/> has its rows as jobs.</summary>
internal sealed class ExecutionStore(Database database, ExecutionCommits commits)
{
    private const int MaxSteps = 20_000;

    private const string Columns = """
        id AS Id, workflow_id AS WorkflowId, status AS Status, trigger_type AS TriggerType, trigger_data AS TriggerData,
        triggered_file_id AS TriggeredFileId, result AS Result, error_message AS ErrorMessage, logs AS Logs, started_at AS StartedAt,
        completed_at AS CompletedAt, duration AS Duration, created_at AS CreatedAt, updated_at AS UpdatedAt
        """;

    private const string ById = $"SELECT {Columns} FROM workflow_executions WHERE id = @id";
    private const string Page = "ORDER BY created_at DESC, id DESC LIMIT @limit OFFSET @skip";
    private const string Target = "SELECT id AS Id, status AS Status, is_enabled AS IsEnabled FROM workflows WHERE id = @id";

    /// <summary>
    /// Adds a pending execution by hand: the record, or why the workflow cannot run. The workflow's row is locked meanwhile, so that the
    /// ids of its executions come in the order of their commits.
    /// </summary>
    public async Task<(Execution? Execution, string? Refusal)> TriggerAsync(long workflow, string data, DateTime now, CancellationToken cancel)
    {
        if (workflow is <= 0 or > int.MaxValue)
        {
            return (null, $"Workflow {workflow} not found");
        }
        var write = new TriggerWrite((int)workflow, data, now);
        await commits.AddAsync(write).WaitAsync(cancel);
        return write.Refusal is null ? (write.Execution, null) : (null, write.Refusal);
    }

    /// <summary>
    /// Stops an execution: a pending one is cancelled at once, one that runs is told to. The record, null when there is none; and whether
    /// it was neither.
    /// </summary>
    public Task<(Execution? Execution, bool IsFinished)> CancelAsync(long id, DateTime now, CancellationToken cancel) =>
        database.WriteAsync(async (connection, transaction, token) =>
        {
            var changed = await connection.ExecuteAsync(
                """
                UPDATE workflow_executions SET status = 'CANCELLED', claim = claim + 1, logs = coalesce(logs, '') || @line, completed_at = @now, duration = 0, updated_at = @now,
                       lease_owner = NULL, lease_expires_at = NULL
                WHERE id = @id AND status = 'PENDING'
                """,
                new { id, line = ExecutionOutcome.Cancelled.LastLine, now, cancel = token },
                transaction);
            changed += await connection.ExecuteAsync(
                "UPDATE workflow_executions SET cancel_requested = true, updated_at = @now WHERE id = @id AND status = 'RUNNING'", new { id, now, cancel = token }, transaction);
            await PostgresNotices.SendAsync(connection, transaction, PostgresNotices.NotifyStop, token);
            return (await connection.QueryFirstOrDefaultAsync<Execution>(ById, new { id, cancel = token }, transaction), changed == 0);
        }, cancel);

    /// <summary>
    /// Makes a failed or cancelled execution pending again; what its completed steps did is kept and not done again. The record, null
    /// when there is none; and why it cannot be.
    /// </summary>
    public Task<RetriedExecution> RetryAsync(long id, DateTime now, CancellationToken cancel) =>
        database.WriteAsync(async (connection, transaction, token) =>
        {
            var before = await connection.QueryFirstOrDefaultAsync<Execution>(ById, new { id, cancel = token }, transaction);
            if (before is null)
            {
                return new RetriedExecution(null);
            }
            var workflow = database.Engine == DatabaseEngine.Sqlite
                ? await connection.QueryFirstOrDefaultAsync<Workflow>(Target, new { id = before.WorkflowId, cancel = token }, transaction)
                : await connection.QueryFirstOrDefaultAsync<Workflow>(Target + " FOR NO KEY UPDATE", new { id = before.WorkflowId, cancel = token }, transaction);
            if (workflow is not { Status: WorkflowStatus.Active, IsEnabled: true })
            {
                return new RetriedExecution(before) { IsWorkflowOff = true, Refusal = $"Workflow {before.WorkflowId} is {(workflow?.Status == WorkflowStatus.Active ? "disabled" : "not active")}" };
            }
            var changed = await connection.ExecuteAsync(
                """
                UPDATE workflow_executions SET status = 'PENDING', claim = claim + 1, cancel_requested = false, result = json('{}'), error_message = NULL, logs = NULL,
                       started_at = NULL, completed_at = NULL, duration = NULL, updated_at = @now
                WHERE id = @id AND status IN ('FAILED', 'CANCELLED')
                """,
                new { id, now, cancel = token },
                transaction);
            await PostgresNotices.SendAsync(connection, transaction, PostgresNotices.NotifyWork, token);
            var after = await connection.QueryFirstOrDefaultAsync<Execution>(ById, new { id, cancel = token }, transaction);
            return new RetriedExecution(after) { Refusal = changed > 0 ? null : $"Execution {id} is {after!.Status.ToLowerInvariant()}; only a failed or cancelled one can be run again" };
        }, cancel);

    /// <summary>A page of executions, newest first, of one workflow or all, in one stored status or any.</summary>
    public async Task<List<Execution>> ListAsync(long? workflow, string? status, long skip, int limit, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var page = (workflow, status) switch
        {
            (null, null) => await connection.QueryAsync<Execution>(
                $"SELECT {Columns} FROM workflow_executions {Page}", new { limit, skip, cancel }),
            (null, _) => await connection.QueryAsync<Execution>(
                $"SELECT {Columns} FROM workflow_executions WHERE status = @status {Page}", new { status, limit, skip, cancel }),
            (_, null) => await connection.QueryAsync<Execution>(
                $"SELECT {Columns} FROM workflow_executions WHERE workflow_id = @workflow {Page}", new { workflow = workflow.Value, limit, skip, cancel }),
            (_, ExecutionStatus.Failed or ExecutionStatus.Cancelled) => await connection.QueryAsync<Execution>(
                $"SELECT {Columns} FROM workflow_executions WHERE workflow_id = @workflow AND status = @status AND status IN ('FAILED', 'CANCELLED') {Page}",
                new { workflow = workflow.Value, status, limit, skip, cancel }),
            // By the index of the workflow's executions, not by that of all in this status.
            _ => await connection.QueryAsync<Execution>(
                $"SELECT {Columns} FROM workflow_executions WHERE workflow_id = @workflow AND coalesce(status, '') = @status {Page}", new { workflow = workflow.Value, status, limit, skip, cancel }),
        };
        return [.. page];
    }

    /// <summary>One execution; null when there is none.</summary>
    public async Task<Execution?> FindAsync(long id, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await connection.QueryFirstOrDefaultAsync<Execution>(ById, new { id, cancel });
    }

    /// <summary>What the steps of an execution did, in the order of their numbers.</summary>
    public async Task<List<StepRecord>> ListStepsAsync(long id, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var steps = await connection.QueryAsync<StepRecord>(
            """
            SELECT path AS Path, type AS Type, name AS Name, status AS Status, input AS Input, output AS Output, error AS Error, attempts AS Attempts,
                   started_at AS StartedAt, completed_at AS CompletedAt
            FROM workflow_execution_steps WHERE execution_id = @id LIMIT @most
            """,
            new { id, most = MaxSteps, cancel });
        return [.. steps.OrderBy(static step => step.Path, StepPathOrder.Instance)];
    }
}
