using System.Diagnostics;
using Npgsql;
using NpgsqlTypes;

namespace PyAirtable.Bench.Platform;

/// <summary>The same rows without a service: by COPY, which is as fast as the server takes them, and one transaction each.</summary>
internal sealed class PlainPostgres(string url) : IAsyncDisposable
{
    // As many as the service has.
    private const int Connections = 25;
    private const int CopyRows = 1000;

    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create($"Host=127.0.0.1;Port={new Uri(url).Port};Username=postgres;Database={new Uri(url).AbsolutePath[1..]};MaxAutoPrepare=8;AutoPrepareMinUsages=2;MaxPoolSize={Connections}");

    /// <summary>Process id of the server.</summary>
    public async Task<int> ServerAsync()
    {
        await using var command = _source.CreateCommand("SELECT pg_backend_pid()");
        return ProcessFigures.Parent((int)(await command.ExecuteScalarAsync())!);
    }

    /// <summary>Rows in the table.</summary>
    public async Task<long> CountAsync()
    {
        await using var command = _source.CreateCommand("SELECT count(*) FROM platform_analytics_events");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Rows a second by COPY of a thousand rows each, on two connections.</summary>
    public Task<double> CopyAsync(int seconds) => MeasureAsync(2, seconds, async connection =>
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            "COPY platform_analytics_events (user_id, event_type, event_data, timestamp, session_id, ip_address, user_agent) FROM STDIN (FORMAT BINARY)");
        for (var i = 0; i < CopyRows; i++)
        {
            await copy.StartRowAsync();
            await copy.WriteAsync(7, NpgsqlDbType.Integer);
            await copy.WriteAsync("page_view", NpgsqlDbType.Varchar);
            await copy.WriteAsync("""{"path":"/home","referrer":"https://example.com/"}""", NpgsqlDbType.Json);
            await copy.WriteAsync(new DateTime(2025, 1, 15), NpgsqlDbType.Timestamp);
            await copy.WriteAsync("0b9c3f0e-5c0e-4a53-9a0f-0d3f3c2f1a11", NpgsqlDbType.Varchar);
            await copy.WriteAsync("203.0.113.9", NpgsqlDbType.Varchar);
            await copy.WriteAsync("Mozilla/5.0 (X11; Linux x86_64)", NpgsqlDbType.Text);
        }

        await copy.CompleteAsync();
        return CopyRows;
    });

    /// <summary>Rows a second by one transaction each, on all connections.</summary>
    public Task<double> InsertAsync(int seconds) => MeasureAsync(Connections, seconds, static async connection =>
    {
        await using var command = new NpgsqlCommand(
            """
            INSERT INTO platform_analytics_events (user_id, event_type, event_data, timestamp, session_id, ip_address, user_agent)
            VALUES (7, 'page_view', $1::json, $2, '0b9c3f0e-5c0e-4a53-9a0f-0d3f3c2f1a11', '203.0.113.9', 'Mozilla/5.0 (X11; Linux x86_64)') RETURNING id
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = """{"path":"/home","referrer":"https://example.com/"}""" });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = new DateTime(2025, 1, 15), NpgsqlDbType = NpgsqlDbType.Timestamp });
        await command.ExecuteScalarAsync();
        return 1;
    });

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private async Task<double> MeasureAsync(int connections, int seconds, Func<NpgsqlConnection, Task<int>> work)
    {
        var began = Stopwatch.GetTimestamp();
        var rows = await Task.WhenAll(Enumerable.Range(0, connections).Select(async _ =>
        {
            await using var connection = await _source.OpenConnectionAsync();
            var written = 0L;
            while (Stopwatch.GetElapsedTime(began).TotalSeconds < seconds)
            {
                written += await work(connection);
            }

            return written;
        }));
        return rows.Sum() / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }
}
