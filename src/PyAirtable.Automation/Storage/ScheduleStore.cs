using Dapper;
using PyAirtable.Automation.Replies;
using PyAirtable.Automation.Scheduling;
using PyAirtable.Hosting.Data;

namespace PyAirtable.Automation.Storage;

/// <summary>The planned times of the table <c>workflows</c>.</summary>
internal sealed class ScheduleStore(Database database)
{
    /// <summary>Workflows of one look.</summary>
    public const int Batch = 100;

    private const string IsOn = "status = 'ACTIVE' AND is_enabled AND cron_expression IS NOT NULL";

    private const string IsRunning = "EXISTS (SELECT 1 FROM workflow_executions r WHERE r.workflow_id = workflows.id AND r.lease_owner IS NOT NULL AND r.status = 'RUNNING')";

    /// <summary>The workflows whose time has come and that do not run, the earliest first.</summary>
    public async Task<List<DueWorkflow>> ListDueAsync(DateTime now, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var due = await connection.QueryAsync<DueWorkflow>(
            $"""
            SELECT id AS Id, cron_expression AS CronExpression, next_run AS NextRun FROM workflows
            WHERE {IsOn} AND next_run <= @now AND NOT {IsRunning}
            ORDER BY next_run, id LIMIT @most
            """,
            new { now, most = Batch, cancel });
        return [.. due];
    }

    /// <summary>The next time that is planned, null for none; and whether a workflow whose time has come still runs.</summary>
    public async Task<(DateTime? Next, bool IsHeldUp)> NextAsync(DateTime now, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var next = await connection.ExecuteScalarAsync<DateTime?>($"SELECT min(next_run) FROM workflows WHERE {IsOn} AND next_run > @now", new { now, cancel });
        var heldUp = await connection.ExecuteScalarAsync<int?>($"SELECT id FROM workflows WHERE {IsOn} AND next_run <= @now LIMIT 1", new { now, cancel });
        return (next, heldUp is not null);
    }

    /// <summary>
    /// Takes a planned time: plans the next one and, if it is to run, adds an execution, in one transaction. False when another process
    /// was first or the workflow was changed.
    /// </summary>
    public Task<bool> AdvanceAsync(DueWorkflow workflow, DateTime? next, bool runs, DateTime now, CancellationToken cancel) =>
        database.WriteAsync(async (connection, transaction, token) =>
        {
            var taken = await connection.ExecuteAsync(
                $"UPDATE workflows SET next_run = @next WHERE id = @id AND {IsOn} AND cron_expression = @cron AND next_run = @planned",
                new { id = workflow.Id, next, cron = workflow.CronExpression, planned = workflow.NextRun, cancel = token },
                transaction) > 0;
            if (taken && runs)
            {
                await connection.ExecuteAsync(
                    """
                    INSERT INTO workflow_executions (workflow_id, status, trigger_type, trigger_data, result, created_at, updated_at)
                    VALUES (@id, 'PENDING', 'scheduled', json(@data), json('{}'), @now, @now)
                    """,
                    new { id = workflow.Id, data = Data(workflow), now, cancel = token },
                    transaction);
                await PostgresNotices.SendAsync(connection, transaction, PostgresNotices.NotifyWork, token);
            }
            return taken;
        }, cancel);

    private static string Data(DueWorkflow workflow) => JsonReply.Text(workflow.CronExpression, static (json, cron) => json.WriteString("cron_expression"u8, cron));
}
