using System.Data;
using System.Data.Common;
using Npgsql;

namespace PyAirtable.Hosting.Data;

/// <summary>A PostgreSQL server behind Npgsql's pool.</summary>
internal sealed class PostgresDatabase : Database
{
    private readonly DatabaseOptions _options;
    private readonly Lazy<NpgsqlDataSource> _source;
    private readonly StateChangeEventHandler _onStateChange;
    private int _checkedOut;

    public PostgresDatabase(DatabaseOptions options, TimeProvider clock) : base(clock)
    {
        _options = options;
        _source = new(Build);
        _onStateChange = OnStateChange;
    }

    public override DatabaseEngine Engine => DatabaseEngine.PostgreSql;

    public override int PoolSize => _options.MaxConnections;

    public override int CheckedOut => Volatile.Read(ref _checkedOut);

    public override async ValueTask<DbConnection> OpenAsync(CancellationToken cancellationToken) => await ConnectAsync(cancellationToken);

    public override async Task<T> WriteAsync<T>(Func<DbConnection, DbTransaction, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        await using var connection = await ConnectAsync(cancellationToken);
        // Disposing a transaction that was not committed rolls it back.
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var result = await work(connection, transaction, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        // Once sent, a commit is not called off: the caller could not know which way it went.
        await transaction.CommitAsync(CancellationToken.None);
        return result;
    }

    public override ValueTask DisposeAsync() => _source.IsValueCreated ? _source.Value.DisposeAsync() : ValueTask.CompletedTask;

    private async ValueTask<NpgsqlConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        var connection = await _source.Value.OpenConnectionAsync(cancellationToken);
        Interlocked.Increment(ref _checkedOut);
        connection.StateChange += _onStateChange;
        return connection;
    }

    private void OnStateChange(object sender, StateChangeEventArgs change)
    {
        if (change.CurrentState == ConnectionState.Closed)
        {
            ((DbConnection)sender).StateChange -= _onStateChange;
            Interlocked.Decrement(ref _checkedOut);
        }
    }

    private NpgsqlDataSource Build()
    {
        var settings = new NpgsqlConnectionStringBuilder(_options.PostgresConnectionString)
        {
            MaxPoolSize = _options.MaxConnections,
            MinPoolSize = Math.Min(_options.IdleConnections, _options.MaxConnections),
            ConnectionIdleLifetime = 60,
            ConnectionLifetime = (int)_options.ConnectionLifetime.TotalSeconds,
            // The services' statements are few and constant, so the server plans each once per connection.
            MaxAutoPrepare = 64,
            AutoPrepareMinUsages = 2,
            // Nothing is set or locked beyond a transaction, and who listens ends that itself, so there is nothing to reset: that would be six statements for each use of a connection.
            NoResetOnClose = true,
        };
        var builder = new NpgsqlSlimDataSourceBuilder(settings.ConnectionString);
        builder.EnableArrays();
        builder.EnableJsonTypes();
        builder.EnableTransportSecurity();
        // Only built-in types are used; asking the server for its others would make the first connection slow.
        builder.ConfigureTypeLoading(types => types.EnableTypeLoading(false));
        return builder.Build();
    }
}
