using Dapper;
using PyAirtable.Automation.Workflows;
using PyAirtable.Hosting.Data;

namespace PyAirtable.Automation.Storage;

/// <summary>The table <c>workflow_executions</c> as clients see it; <see cref="ExecutionJobStore"/> has its rows as jobs.</summary>
internal sealed class ExecutionStore(Database database)
{
    private const string Columns = """
        id AS Id, workflow_id AS WorkflowId, status AS Status, trigger_type AS TriggerType, trigger_data AS TriggerData,
        triggered_file_id AS TriggeredFileId, result AS Result, error_message AS ErrorMessage, logs AS Logs, started_at AS StartedAt,
        completed_at AS CompletedAt, duration AS Duration, created_at AS CreatedAt, updated_at AS UpdatedAt
        """;

    private const string Page = "ORDER BY created_at DESC, id DESC LIMIT @limit OFFSET @skip";
    private const string Target = "SELECT id AS Id, status AS Status, is_enabled AS IsEnabled FROM workflows WHERE id = @id";

    /// <summary>
    /// Adds a pending execution by hand: the record, or why the workflow cannot run. The workflow's row is locked meanwhile, so that the
    /// ids of its executions come in the order of their commits.
    /// </summary>
    public Task<(Execution? Execution, string? Refusal)> TriggerAsync(long workflow, string data, DateTime now, CancellationToken cancel) =>
        database.WriteAsync<(Execution? Execution, string? Refusal)>(async (connection, transaction, token) =>
        {
            var target = database.Engine == DatabaseEngine.Sqlite
                ? await connection.QueryFirstOrDefaultAsync<Workflow>(Target, new { id = workflow, cancel = token }, transaction)
                : await connection.QueryFirstOrDefaultAsync<Workflow>(Target + " FOR NO KEY UPDATE", new { id = workflow, cancel = token }, transaction);
            if (target is not { Status: WorkflowStatus.Active, IsEnabled: true })
            {
                return (null, target is null ? $"Workflow {workflow} not found" : target.Status != WorkflowStatus.Active ? $"Workflow {workflow} is not active" : $"Workflow {workflow} is disabled");
            }
            var execution = new Execution { WorkflowId = target.Id, TriggerData = data, CreatedAt = now, UpdatedAt = now };
            var id = await connection.ExecuteScalarAsync<int>(
                """
                INSERT INTO workflow_executions (workflow_id, status, trigger_type, trigger_data, result, created_at, updated_at)
                VALUES (@WorkflowId, @Status, @TriggerType, json(@TriggerData), json('{}'), @CreatedAt, @UpdatedAt)
                RETURNING id
                """,
                new { execution.WorkflowId, execution.Status, execution.TriggerType, execution.TriggerData, execution.CreatedAt, execution.UpdatedAt, cancel = token },
                transaction);
            return (execution with { Id = id }, null);
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
            _ => await connection.QueryAsync<Execution>(
                $"SELECT {Columns} FROM workflow_executions WHERE workflow_id = @workflow AND status = @status {Page}", new { workflow = workflow.Value, status, limit, skip, cancel }),
        };
        return [.. page];
    }

    /// <summary>One execution; null when there is none.</summary>
    public async Task<Execution?> FindAsync(long id, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await connection.QueryFirstOrDefaultAsync<Execution>($"SELECT {Columns} FROM workflow_executions WHERE id = @id", new { id, cancel });
    }
}
