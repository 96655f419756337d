using Dapper;
using Microsoft.Extensions.Hosting;
using PyAirtable.Automation.Replies;
using PyAirtable.Hosting.Data;

namespace PyAirtable.Automation.Storage;

/// <summary>
/// Ends, before anything is claimed, the leases that a killed process left in a SQLite database, so that what it had under way need not wait
/// for them to run out. Every process that claims holds a shared lock on a file beside the database, which ends with the process however it
/// ends; who gets it for itself alone is the only one. On PostgreSQL there may be others anywhere, and leases run out by themselves.
/// </summary>
internal sealed class AbandonedLeases(Database database, TimeProvider clock) : IHostedService, IAsyncDisposable
{
    private const string OfExecutions = """
        UPDATE workflow_executions INDEXED BY ix_workflow_executions_leased SET lease_expires_at = @ended
        WHERE lease_owner IS NOT NULL AND lease_expires_at > @ended
        """;

    private const string OfFiles = """
        UPDATE files INDEXED BY ix_files_processing SET lease_expires_at = @ended
        WHERE status = 'PROCESSING' AND lease_owner IS NOT NULL AND lease_expires_at > @ended
        """;

    // Another process that starts has the lock for itself only as long as this takes.
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private FileStream? _shared;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (database.FilePath is not { } path)
        {
            return;
        }
        var file = path + ".automation";
        try
        {
            await using var alone = Open(file, FileAccess.ReadWrite, FileShare.None);
            await EndAsync(cancellationToken);
        }
        catch (IOException)
        {
            // Others are there.
        }
        var began = clock.GetTimestamp();
        while (_shared is null)
        {
            try
            {
                _shared = Open(file, FileAccess.Read, FileShare.Read);
            }
            catch (IOException) when (clock.GetElapsedTime(began) < Patience)
            {
                await Task.Delay(Retry, clock, cancellationToken);
            }
        }
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _shared?.DisposeAsync() ?? ValueTask.CompletedTask;

    private Task EndAsync(CancellationToken cancel) => database.WriteAsync(
        async (connection, transaction, token) =>
        {
            // Leases that end at this moment still hold.
            var ended = WireTime.Now(clock).AddMicroseconds(-1);
            await connection.ExecuteAsync(OfExecutions, new { ended, cancel = token }, transaction);
            await connection.ExecuteAsync(OfFiles, new { ended, cancel = token }, transaction);
        },
        cancel);

    private static FileStream Open(string path, FileAccess access, FileShare share) => new(path, FileMode.OpenOrCreate, access, share, bufferSize: 0);
}
