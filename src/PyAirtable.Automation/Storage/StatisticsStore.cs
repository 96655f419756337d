using System.Data.Common;
using Dapper;
using PyAirtable.Automation.Statistics;
using PyAirtable.Hosting.Data;

namespace PyAirtable.Automation.Storage;

/// <summary>
/// Counts. Each is read from an index alone; only sizes are in no index, so their sum over older rows, which neither change nor go, is kept.
/// </summary>
internal sealed class StatisticsStore(Database database)
{
    private static readonly TimeSpan Recent = TimeSpan.FromHours(24);

    // Ids are given out before their rows are committed: by then those before them are all there.
    private static readonly TimeSpan Settled = TimeSpan.FromHours(1);

    private KeptSum _kept = new(0, 0);

    /// <summary>Of files.</summary>
    public async Task<FileStatistics> ReadFilesAsync(DateTime now, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var statuses = await connection.QueryAsync<StatusCount>("SELECT status AS Status, count(*) AS Count FROM files WHERE id > @none GROUP BY status", new { none = 0, cancel });
        var recent = await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM files WHERE created_at >= @since", new { since = now - Recent, cancel });
        return new([.. statuses], await SumSizesAsync(connection, now, cancel), recent);
    }

    /// <summary>Of workflows and their executions.</summary>
    public async Task<WorkflowStatistics> ReadWorkflowsAsync(DateTime now, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var workflows = await connection.QueryAsync<StatusCount>("SELECT status AS Status, count(*) AS Count FROM workflows WHERE id > @none GROUP BY status", new { none = 0, cancel });
        var executions = await connection.QueryAsync<StatusCount>("SELECT status AS Status, count(*) AS Count FROM workflow_executions WHERE id > @none GROUP BY status", new { none = 0, cancel });
        var recent = await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM workflow_executions WHERE created_at >= @since", new { since = now - Recent, cancel });
        return new([.. workflows], [.. executions], recent);
    }

    private async Task<long> SumSizesAsync(DbConnection connection, DateTime now, CancellationToken cancel)
    {
        var kept = _kept;
        var last = await connection.ExecuteScalarAsync<int?>(
            "SELECT id FROM files WHERE created_at < @before ORDER BY created_at DESC, id DESC LIMIT 1", new { before = now - Settled, cancel });
        if (last > kept.LastId)
        {
            kept = new(last.Value, kept.Bytes + await SumAsync(connection, kept.LastId, last.Value, cancel));
            _kept = kept;
        }
        return kept.Bytes + await SumAsync(connection, kept.LastId, int.MaxValue, cancel);
    }

    private static Task<long> SumAsync(DbConnection connection, int after, int last, CancellationToken cancel) => connection.ExecuteScalarAsync<long>(
        "SELECT CAST(COALESCE(sum(file_size), 0) AS bigint) FROM files WHERE id > @after AND id <= @last", new { after, last, cancel });

    private sealed record KeptSum(int LastId, long Bytes);
}
