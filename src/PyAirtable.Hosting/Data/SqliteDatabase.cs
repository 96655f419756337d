using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using PyAirtable.Hosting.Transport;
using SQLitePCL;

namespace PyAirtable.Hosting.Data;

/// <summary>
/// A SQLite file: one connection that writes, kept open behind an asynchronous lock, and a bounded pool that reads.
/// The driver is synchronous under its asynchronous methods: a statement holds its thread until it is done. So a write
/// waits for its turn without a thread, and at most one thread at a time waits for the disk.
/// </summary>
internal sealed partial class SqliteDatabase : Database
{
    private const int SqliteConstraint = 19;
    private readonly SqliteFile _file;
    private readonly SqliteReaders _readers;
    private readonly ILogger _log;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private SqliteConnection? _writer;
    private volatile bool _ready;
    private bool _closed;

    public SqliteDatabase(DatabaseOptions options, ILogger log, TimeProvider clock) : base(clock)
    {
        FilePath = options.SqlitePath;
        _file = new(options.SqlitePath!);
        _readers = new(_file, options.MaxConnections, options.IdleConnections);
        _log = log;
    }

    public override DatabaseEngine Engine => DatabaseEngine.Sqlite;

    public override string? FilePath { get; }

    public override int PoolSize => _readers.Size + 1;

    public override int CheckedOut => _readers.CheckedOut + (_turn.CurrentCount == 0 ? 1 : 0);

    public override async ValueTask<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        await EventLoops.LeaveAsync();
        if (!_ready)
        {
            await PrepareAsync(cancellationToken);
        }

        return await _readers.TakeAsync(cancellationToken);
    }

    public override async Task<T> WriteAsync<T>(Func<DbConnection, DbTransaction, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        await EventLoops.LeaveAsync();
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await WriteInTurnAsync(work, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await _turn.WaitAsync();
        _closed = true;
        CloseWriter();
        _readers.Dispose();
        _turn.Release();
    }

    /// <summary>The writer goes first: it makes the file and turns on write-ahead logging, which readers then find.</summary>
    private async ValueTask PrepareAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            OpenWriter();
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<T> WriteInTurnAsync<T>(Func<DbConnection, DbTransaction, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        SqliteTransaction? transaction = null;
        try
        {
            // Immediate: a transaction that starts by reading could otherwise fail when it comes to write.
            transaction = OpenWriter().BeginTransaction(deferred: false);
            var result = await work(_writer!, transaction, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            transaction.Commit();
            transaction.Dispose();
            return result;
        }
        catch (Exception error)
        {
            Abandon(transaction, error);
            throw;
        }
    }

    /// <summary>Rolls back; a connection that may be broken is closed, and the next write opens a new one.</summary>
    private void Abandon(SqliteTransaction? transaction, Exception error)
    {
        try
        {
            transaction?.Dispose();
        }
        catch (SqliteException failure)
        {
            LogRollbackFailed(failure);
            CloseWriter();
        }

        if (error is SqliteException { SqliteErrorCode: not SqliteConstraint } || _writer is { } writer && raw.sqlite3_get_autocommit(writer.Handle) == 0)
        {
            CloseWriter();
        }
    }

    private SqliteConnection OpenWriter()
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        if (_writer is null)
        {
            _writer = _file.OpenWriter();
            _ready = true;
        }

        return _writer;
    }

    private void CloseWriter()
    {
        _writer?.Dispose();
        _writer = null;
    }
}
