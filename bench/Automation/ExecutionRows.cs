using System.Globalization;
using PyAirtable.Bench.Platform;
using PyAirtable.Hosting.Data;

namespace PyAirtable.Bench.Automation;

/// <summary>The executions in a database, beside the service.</summary>
internal sealed class ExecutionRows(string url) : IAsyncDisposable
{
    private readonly Database _database = Open.Database(url);

    private bool IsSqlite => _database.Engine == DatabaseEngine.Sqlite;

    /// <summary>Adds executions of workflows by turns, in one transaction.</summary>
    /// <param name="count">How many.</param>
    /// <param name="workflows">Ids of the first and the last workflow.</param>
    /// <param name="status">Their status.</param>
    public Task AddAsync(int count, (int First, int Last) workflows, string status) =>
        ExecuteAsync($"""
            {Numbers(count)}
            INSERT INTO workflow_executions (workflow_id, status, trigger_type, trigger_data, result, created_at, updated_at)
            SELECT {workflows.First} + n % {workflows.Last - workflows.First + 1}, '{status}', 'manual', '{"{}"}', '{"{}"}', {Now}, {Now} FROM s
            """);

    /// <summary>Adds active workflows: a third that wait for files of a kind, a third for an event each, and a third for nothing.</summary>
    public Task AddWaitingAsync(int count) => ExecuteAsync($$"""
        {{Numbers(count)}}
        INSERT INTO workflows (name, config, triggers, status, is_enabled, created_at, updated_at)
        SELECT 'w', '{}', {{(IsSqlite ? "" : "json")}}(CASE n % 3 WHEN 0 THEN '[{"type":"file_upload","file_extensions":[".pdf"]}]' WHEN 1 THEN '[{"type":"event","event":"e' || n || '"}]' ELSE '[]' END),
               'ACTIVE', true, {{Now}}, {{Now}} FROM s
        """);

    /// <summary>Deletes executions behind an id.</summary>
    public Task DropAsync(int after) => ExecuteAsync($"DELETE FROM workflow_executions WHERE id > {after}");

    /// <summary>
    /// Brings the tables into the state in which a database is after a while: what is dead is swept, and what the log holds is in the
    /// tables, so that none of that falls into what is measured next.
    /// </summary>
    public async Task SettleAsync()
    {
        foreach (var sql in IsSqlite ? ["PRAGMA wal_checkpoint(TRUNCATE)"] : (string[])["VACUUM ANALYZE workflow_executions", "VACUUM ANALYZE workflow_execution_steps", "VACUUM ANALYZE workflows", "CHECKPOINT"])
        {
            await ExecuteAsync(sql);
        }
    }

    /// <summary>Number of executions whose id is behind a number and whose status is one of some.</summary>
    public async Task<long> CountAsync(int after, params string[] statuses) => long.Parse(
        await ScalarAsync($"SELECT count(*) FROM workflow_executions WHERE id > {after} AND status IN ({string.Join(',', statuses.Select(static status => $"'{status}'"))})"),
        CultureInfo.InvariantCulture);

    /// <summary>Highest id.</summary>
    public async Task<int> LastIdAsync() => int.Parse(await ScalarAsync("SELECT coalesce(max(id), 0) FROM workflow_executions"), CultureInfo.InvariantCulture);

    /// <summary>Seconds from the first begin to the last end of executions behind an id.</summary>
    public async Task<double> SecondsAsync(int after) => double.Parse(
        await ScalarAsync(IsSqlite
            ? $"SELECT (julianday(max(completed_at)) - julianday(min(started_at))) * 86400.0 FROM workflow_executions WHERE id > {after}"
            : $"SELECT extract(epoch FROM max(completed_at) - min(started_at)) FROM workflow_executions WHERE id > {after}"),
        CultureInfo.InvariantCulture);

    /// <summary>Milliseconds from the trigger to the begin, of executions behind an id, in order.</summary>
    public async Task<List<double>> WaitsAsync(int after) =>
    [
        .. (await Open.ReadAsync(_database, IsSqlite
            ? $"SELECT cast((julianday(started_at) - julianday(created_at)) * 86400000.0 AS text) FROM workflow_executions WHERE id > {after}"
            : $"SELECT (extract(epoch FROM started_at - created_at) * 1000)::text FROM workflow_executions WHERE id > {after}"))
            .Select(static text => double.Parse(text, CultureInfo.InvariantCulture)).Order(),
    ];

    /// <summary>Ids and statuses of all executions.</summary>
    public async Task<Dictionary<int, string>> StatusesAsync() =>
        (await Open.ReadAsync(_database, "SELECT cast(id AS text) || ' ' || status FROM workflow_executions"))
            .Select(static row => row.Split(' ')).ToDictionary(static row => int.Parse(row[0], CultureInfo.InvariantCulture), static row => row[1]);

    /// <summary>Keys, as an upstream sees them, of steps that are recorded as completed.</summary>
    public Task<List<string>> CompletedStepsAsync() =>
        Open.ReadAsync(_database, "SELECT cast(execution_id AS text) || '-' || path FROM workflow_execution_steps WHERE status = 'COMPLETED'");

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private string Now => IsSqlite ? "strftime('%Y-%m-%d %H:%M:%f000', 'now')" : "now()";

    private string Numbers(int count) => IsSqlite
        ? $"WITH RECURSIVE s (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM s WHERE n + 1 < {count})"
        : $"WITH s (n) AS (SELECT generate_series(0, {count - 1}))";

    private async Task<string> ScalarAsync(string sql) => (await Open.ReadAsync(_database, $"SELECT cast(({sql}) AS text)"))[0];

    private async Task ExecuteAsync(string sql)
    {
        if (IsSqlite && !sql.StartsWith("PRAGMA", StringComparison.Ordinal))
        {
            await _database.WriteAsync((connection, transaction, _) => RunAsync(connection, transaction, sql), CancellationToken.None);
            return;
        }
        await using var connection = await _database.OpenAsync(CancellationToken.None);
        await RunAsync(connection, null, sql);
    }

    private static async Task RunAsync(System.Data.Common.DbConnection connection, System.Data.Common.DbTransaction? transaction, string sql)
    {
        await using var command = connection.CreateCommand();
        (command.CommandText, command.Transaction, command.CommandTimeout) = (sql, transaction, 600);
        await command.ExecuteNonQueryAsync();
    }
}
