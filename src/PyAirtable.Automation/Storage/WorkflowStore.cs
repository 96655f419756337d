using Dapper;
using PyAirtable.Automation.Workflows;
using PyAirtable.Hosting.Data;

namespace PyAirtable.Automation.Storage;

/// <summary>The table <c>workflows</c>.</summary>
internal sealed class WorkflowStore(Database database)
{
    private const string Columns = """
        id AS Id, name AS Name, description AS Description, config AS Config, triggers AS Triggers, cron_expression AS CronExpression,
        next_run AS NextRun, status AS Status, is_enabled AS IsEnabled, execution_count AS ExecutionCount, success_count AS SuccessCount,
        failure_count AS FailureCount, last_execution_at AS LastExecutionAt, created_at AS CreatedAt, updated_at AS UpdatedAt
        """;

    private const string ById = $"SELECT {Columns} FROM workflows WHERE id = @id";

    /// <summary>Adds a workflow; answers its record.</summary>
    public Task<Workflow> InsertAsync(Workflow workflow, CancellationToken cancel) => database.WriteAsync(async (connection, transaction, token) =>
    {
        var id = await connection.ExecuteScalarAsync<int>(
            """
            INSERT INTO workflows (name, description, config, triggers, cron_expression, next_run, status, is_enabled, created_at, updated_at)
            VALUES (@Name, @Description, json(@Config), json(@Triggers), @CronExpression, @NextRun, @Status, @IsEnabled, @CreatedAt, @UpdatedAt)
            RETURNING id
            """,
            new
            {
                workflow.Name,
                workflow.Description,
                workflow.Config,
                workflow.Triggers,
                workflow.CronExpression,
                workflow.NextRun,
                workflow.Status,
                workflow.IsEnabled,
                workflow.CreatedAt,
                workflow.UpdatedAt,
                cancel = token,
            },
            transaction);
        return workflow with { Id = id };
    }, cancel);

    /// <summary>A page of workflows, newest first; <paramref name="status"/> is a stored one or null for all.</summary>
    public async Task<List<Workflow>> ListAsync(string? status, long skip, int limit, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var page = status is null
            ? await connection.QueryAsync<Workflow>(
                $"SELECT {Columns} FROM workflows ORDER BY created_at DESC, id DESC LIMIT @limit OFFSET @skip", new { limit, skip, cancel })
            : await connection.QueryAsync<Workflow>(
                $"SELECT {Columns} FROM workflows WHERE status = @status ORDER BY created_at DESC, id DESC LIMIT @limit OFFSET @skip", new { status, limit, skip, cancel });
        return [.. page];
    }

    /// <summary>One workflow; null when there is none.</summary>
    public async Task<Workflow?> FindAsync(long id, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await connection.QueryFirstOrDefaultAsync<Workflow>(ById, new { id, cancel });
    }

    /// <summary>Changes a workflow; its record then, or null when there is none. Two changes at once are one after the other.</summary>
    public Task<Workflow?> UpdateAsync(long id, WorkflowChange change, DateTime now, TimeZoneInfo zone, CancellationToken cancel) => database.WriteAsync(async (connection, transaction, token) =>
    {
        var before = database.Engine == DatabaseEngine.Sqlite
            ? await connection.QueryFirstOrDefaultAsync<Workflow>(ById, new { id, cancel = token }, transaction)
            : await connection.QueryFirstOrDefaultAsync<Workflow>(ById + " FOR NO KEY UPDATE", new { id, cancel = token }, transaction);
        if (before is null)
        {
            return null;
        }
        var after = change.Apply(before, now, zone);
        await connection.ExecuteAsync(
            """
            UPDATE workflows SET name = @Name, description = @Description, config = json(@Config), triggers = json(@Triggers),
                   cron_expression = @CronExpression, next_run = @NextRun, status = @Status, is_enabled = @IsEnabled, updated_at = @UpdatedAt
            WHERE id = @Id
            """,
            new
            {
                after.Id,
                after.Name,
                after.Description,
                after.Config,
                after.Triggers,
                after.CronExpression,
                after.NextRun,
                after.Status,
                after.IsEnabled,
                after.UpdatedAt,
                cancel = token,
            },
            transaction);
        return after;
    }, cancel);

    /// <summary>
    /// Deletes a workflow and its executions; false when there is none. The process that runs one of them is told, finds its row gone and
    /// stops it (D28).
    /// </summary>
    public Task<bool> DeleteAsync(long id, CancellationToken cancel) => database.WriteAsync(async (connection, transaction, token) =>
    {
        await PostgresNotices.SendAsync(connection, transaction, PostgresNotices.NotifyStop, token);
        return await connection.ExecuteAsync("DELETE FROM workflows WHERE id = @id", new { id, cancel = token }, transaction) > 0;
    }, cancel);
}
