using Microsoft.Data.Sqlite;
using PyAirtable.Automation.Workflows;
using PyAirtable.Hosting.Data;

namespace PyAirtable.Automation.Storage;

/// <summary>Batches on SQLite: prepared statements, run for each row in one transaction.</summary>
internal sealed class SqliteExecutionBatches(Database database) : IExecutionBatches
{
    // SQLite's result codes (sqlite.org/rescode.html).
    private const int Error = 1;
    private const int TooBig = 18;
    private const int Constraint = 19;
    private const int Mismatch = 20;

    private const string ReadWorkflow = "SELECT status, is_enabled FROM workflows WHERE id = ?1";

    private const string InsertTriggered = """
        INSERT INTO workflow_executions (workflow_id, status, trigger_type, trigger_data, result, created_at, updated_at)
        VALUES (?1, 'PENDING', 'manual', json(?2), '{}', ?3, ?3)
        RETURNING id
        """;

    private const string UpdateRun = """
        UPDATE workflow_executions
        SET status = ?3, started_at = ?4, logs = coalesce(logs, '') || ?5, result = coalesce(json(?6), result), error_message = ?7, completed_at = ?8, duration = ?9,
            updated_at = ?10, lease_owner = CASE WHEN ?8 IS NULL THEN lease_owner END, lease_expires_at = CASE WHEN ?8 IS NULL THEN lease_expires_at END
        WHERE id = ?1 AND claim = ?2 AND status IN ('PENDING', 'RUNNING')
        """;

    private const string PutStep = """
        INSERT INTO workflow_execution_steps (execution_id, path, type, name, status, input, output, error, attempts, started_at, completed_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
        ON CONFLICT (execution_id, path) DO UPDATE
        SET type = excluded.type, name = excluded.name, status = excluded.status, input = excluded.input, output = excluded.output, error = excluded.error,
            attempts = excluded.attempts, started_at = excluded.started_at, completed_at = excluded.completed_at
        """;

    private const string Count = """
        UPDATE workflows SET execution_count = execution_count + ?2, success_count = success_count + ?3, failure_count = failure_count + ?2 - ?3,
               last_execution_at = ?4, updated_at = ?4
        WHERE id = ?1
        """;

    private const string Renew = "UPDATE workflow_executions SET lease_expires_at = ?3 WHERE id = ?1 AND lease_owner = ?2";

    private const string ReadConfig = "SELECT config FROM workflows WHERE id = ?1";

    // A workflow's executions are run by one process at a time.
    private const string Claim = """
        UPDATE workflow_executions SET claim = claim + 1, lease_owner = ?1, lease_expires_at = ?2
        WHERE id IN (
            SELECT p.id FROM workflow_executions AS p
            WHERE p.workflow_id = ?3 AND p.status = 'PENDING' AND (p.lease_expires_at IS NULL OR p.lease_expires_at < ?5)
            ORDER BY p.id LIMIT ?4)
          AND NOT EXISTS (
            SELECT 1 FROM workflow_executions AS o
            WHERE o.workflow_id = ?3 AND o.lease_owner IS NOT NULL AND o.lease_owner <> ?1 AND o.lease_expires_at >= ?5)
        RETURNING id, workflow_id, claim, trigger_data, triggered_file_id, created_at
        """;

    private SqliteStatements? _statements;

    /// <inheritdoc/>
    public Task ApplyAsync(ExecutionBatch batch, CancellationToken cancel) => database.WriteAsync(
        (connection, transaction, _) =>
        {
            Apply(Prepared((SqliteConnection)connection, (SqliteTransaction)transaction), batch);
            return Task.CompletedTask;
        },
        cancel);

    /// <inheritdoc/>
    public bool IsRefusal(Exception error) => error is SqliteException { SqliteErrorCode: Error or TooBig or Constraint or Mismatch };

    // The connection is opened anew after a failure, and its statements with it.
    private SqliteStatements Prepared(SqliteConnection connection, SqliteTransaction transaction)
    {
        if (_statements?.Connection != connection)
        {
            _statements = new SqliteStatements(connection);
        }
        _statements.Transaction = transaction;
        return _statements;
    }

    private static void Apply(SqliteStatements statements, ExecutionBatch batch)
    {
        var workflows = new Dictionary<int, (string? Status, bool IsEnabled)>();
        foreach (var trigger in batch.Triggers)
        {
            Insert(statements, trigger, workflows);
        }
        foreach (var finished in batch.Runs.Where(run => Update(statements, run)).Where(static run => run.Status is ExecutionStatus.Completed or ExecutionStatus.Failed).GroupBy(static run => run.Job.WorkflowId))
        {
            var successes = finished.Count(static run => run.Status == ExecutionStatus.Completed);
            statements.Execute(Count, finished.Key, finished.Count(), successes, finished.Max(static run => run.Now));
        }
        foreach (var id in batch.Renewal?.Executions ?? [])
        {
            statements.Execute(Renew, id, batch.Renewal!.Owner, batch.Renewal.Until);
        }
        foreach (var claim in batch.Claims)
        {
            Take(statements, claim);
        }
    }

    private static void Insert(SqliteStatements statements, TriggerWrite trigger, Dictionary<int, (string? Status, bool IsEnabled)> workflows)
    {
        var execution = trigger.Execution;
        if (!workflows.TryGetValue(execution.WorkflowId, out var state))
        {
            using var workflow = statements.Read(ReadWorkflow, execution.WorkflowId);
            workflows[execution.WorkflowId] = state = workflow.Read() ? (workflow.GetString(0), workflow.GetBoolean(1)) : default;
        }
        if (trigger.Accept(state.Status, state.IsEnabled))
        {
            using var added = statements.Read(InsertTriggered, execution.WorkflowId, execution.TriggerData, execution.CreatedAt);
            added.Read();
            trigger.Stored(added.GetInt32(0));
        }
    }

    private static bool Update(SqliteStatements statements, RunWrite run)
    {
        var written = statements.Execute(
            UpdateRun, run.Job.Id, run.Job.Claim, run.Status, run.StartedAt, run.Lines, run.Outcome?.Result, run.Error, run.CompletedAt, run.Duration, run.Now);
        run.IsLost = written == 0;
        foreach (var step in run.IsLost ? [] : run.Steps)
        {
            statements.Execute(
                PutStep, run.Job.Id, step.Path, step.Type, step.Name, step.Status, step.Input, step.Output, step.Error, step.Attempts, step.StartedAt, step.CompletedAt);
        }
        return !run.IsLost;
    }

    private static void Take(SqliteStatements statements, ClaimWrite claim)
    {
        var (workflows, quotas) = claim.Share(claim.Workflows);
        var jobs = new List<ExecutionJob>();
        for (var i = 0; i < workflows.Length; i++)
        {
            using (var workflow = statements.Read(ReadConfig, workflows[i]))
            {
                if (workflow.Read())
                {
                    claim.Configs[workflows[i]] = workflow.GetString(0);
                }
            }
            using var rows = statements.Read(Claim, claim.Owner, claim.Until, workflows[i], quotas[i], claim.Now);
            while (rows.Read())
            {
                jobs.Add(ClaimWrite.ReadJob(rows));
            }
        }
        claim.Take(jobs, workflows, quotas);
    }
}
