using Dapper;
using PyAirtable.Hosting.Data;

namespace PyAirtable.Automation.Storage;

/// <summary>Ended executions that are not kept.</summary>
internal sealed class HistoryStore(Database database)
{
    // The newest are counted whatever their status; of the others, those that have ended go.
    private const string DeleteOldest = """
        DELETE FROM workflow_executions WHERE id IN (
          SELECT id FROM workflow_executions
          WHERE workflow_id = @workflow AND status IN ('COMPLETED', 'FAILED', 'CANCELLED')
            AND (created_at, id) < (SELECT created_at, id FROM workflow_executions WHERE workflow_id = @workflow ORDER BY created_at DESC, id DESC LIMIT 1 OFFSET @others)
          ORDER BY created_at, id LIMIT @most
        """;

    /// <summary>Workflows of which an execution ended since then, or none ever did.</summary>
    public async Task<List<int>> ListGrownAsync(DateTime since, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return [.. await connection.QueryAsync<int>("SELECT id FROM workflows WHERE last_execution_at IS NULL OR last_execution_at >= @since", new { since, cancel })];
    }

    /// <summary>Deletes executions of a workflow other than its newest <paramref name="keep"/>, <paramref name="most"/> at a time; how many it were.</summary>
    public Task<int> DeleteOldestAsync(int workflow, int keep, int most, CancellationToken cancel) => database.WriteAsync((connection, transaction, token) =>
        database.Engine == DatabaseEngine.Sqlite
            ? connection.ExecuteAsync(DeleteOldest + ")", new { workflow, others = keep - 1, most, cancel = token }, transaction)
            : connection.ExecuteAsync(DeleteOldest + " FOR UPDATE SKIP LOCKED)", new { workflow, others = keep - 1, most, cancel = token }, transaction), cancel);
}
