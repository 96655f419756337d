using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace PyAirtable.Testing;

/// <summary>
/// A private PostgreSQL server in a temporary folder, started when first asked for a database. Meant as an assembly
/// fixture: <c>[assembly: AssemblyFixture(typeof(PostgresServer))]</c>, taken by test classes as a constructor parameter.
/// Tests that stop the server make their own. It is gone with its folder when the test process ends, however it ends.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private PostgresCluster? _cluster;
    private int _databases;

    /// <summary>Makes an empty database and answers its <c>DATABASE_URL</c>.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        await _turn.WaitAsync();
        try
        {
            if (_cluster is null)
            {
                _cluster = await PostgresCluster.CreateAsync();
                await _cluster.StartAsync();
            }

            var name = string.Create(CultureInfo.InvariantCulture, $"test_{++_databases}");
            await using var connection = new NpgsqlConnection(_cluster.ConnectionString);
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand("CREATE DATABASE " + name, connection);
            await command.ExecuteNonQueryAsync();
            return string.Create(CultureInfo.InvariantCulture, $"postgresql://postgres@127.0.0.1:{_cluster.Port}/{name}");
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Takes the server away, as an outage does: connections are cut, the data stays.</summary>
    public Task StopAsync() => Cluster.StopAsync();

    /// <summary>Brings a stopped server back on the same port.</summary>
    public Task StartAsync() => Cluster.StartAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }

        _turn.Dispose();
    }

    private PostgresCluster Cluster => _cluster ?? throw new UnreachableException("Create a database first");
}
