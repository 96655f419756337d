using System.Data.Common;
using Dapper;
using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Hosting.Tests.Data;

/// <summary>Transactions, connections and pings on either engine.</summary>
public abstract class DatabaseConformanceTests(DatabaseEngine engine, PostgresServer server) : IAsyncLifetime
{
    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    private protected TestDatabase Storage { get; private set; } = null!;

    private protected Database Database => Storage.Database;

    public async ValueTask InitializeAsync()
    {
        Storage = await TestDatabase.CreateAsync(engine, server);
        await Database.WriteAsync((connection, transaction, _) => connection.ExecuteAsync("CREATE TABLE counts (n INTEGER NOT NULL)", transaction: transaction), Token);
    }

    public async ValueTask DisposeAsync()
    {
        await Storage.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Write_WorkFails_RollsBackAndTheNextWorks()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => Database.WriteAsync(async (connection, transaction, token) =>
        {
            await InsertAsync(connection, transaction, 1, token);
            throw new InvalidOperationException();
        }, Token));
        await Database.WriteAsync((connection, transaction, token) => InsertAsync(connection, transaction, 2, token), Token);

        Assert.Equal([2], await CountsAsync());
    }

    [Fact]
    public async Task Write_StatementFails_RollsBackAndTheNextWorks()
    {
        await Assert.ThrowsAnyAsync<DbException>(() => Database.WriteAsync(async (connection, transaction, token) =>
        {
            await InsertAsync(connection, transaction, 1, token);
            await connection.ExecuteAsync("INSERT INTO missing VALUES (1)", transaction: transaction);
        }, Token));
        await Database.WriteAsync((connection, transaction, token) => InsertAsync(connection, transaction, 2, token), Token);

        Assert.Equal([2], await CountsAsync());
    }

    [Fact]
    public async Task Write_CancelledDuringWork_RollsBack()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Database.WriteAsync(async (connection, transaction, _) =>
        {
            await InsertAsync(connection, transaction, 1, CancellationToken.None);
            await cancel.CancelAsync();
        }, cancel.Token));

        Assert.Empty(await CountsAsync());
    }

    [Fact]
    public async Task Write_FiftyAtOnce_AllCommit()
    {
        await Task.WhenAll(Enumerable.Range(0, 50).Select(n =>
            Task.Run(() => Database.WriteAsync((connection, transaction, token) => InsertAsync(connection, transaction, n, token), Token), Token)));

        Assert.Equal(Enumerable.Range(0, 50), await CountsAsync());
        Assert.Equal(0, Database.CheckedOut);
    }

    [Fact]
    public async Task Open_DuringAWrite_ReadsWhatWasCommittedBefore()
    {
        await Database.WriteAsync((connection, transaction, token) => InsertAsync(connection, transaction, 1, token), Token);
        await Database.WriteAsync(async (connection, transaction, token) =>
        {
            await InsertAsync(connection, transaction, 2, token);
            Assert.Equal([1], await CountsAsync());
        }, Token);

        Assert.Equal([1, 2], await CountsAsync());
    }

    [Fact]
    public async Task CheckedOut_OpenAndDispose_CountsUpAndDown()
    {
        var first = await Database.OpenAsync(Token);
        var second = await Database.OpenAsync(Token);
        Assert.Equal(2, Database.CheckedOut);

        await first.DisposeAsync();
        await second.DisposeAsync();
        await second.DisposeAsync();
        Assert.Equal(0, Database.CheckedOut);
    }

    [Fact]
    public async Task Open_AllInUse_WaitsForOneToComeBack()
    {
        await using var small = Database.Create(Storage.Options with { MaxConnections = 1 }, Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance, TimeProvider.System);
        var first = await small.OpenAsync(Token);
        var second = small.OpenAsync(Token).AsTask();
        Assert.False(second.IsCompleted);

        await first.DisposeAsync();
        await (await second).DisposeAsync();
    }

    [Fact]
    public async Task Dispose_ThenUsed_Throws()
    {
        var database = Storage.Open();
        Assert.True(await database.PingAsync(Token));
        await database.DisposeAsync();
        await database.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await database.OpenAsync(Token));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => database.WriteAsync((_, _, _) => Task.CompletedTask, Token));
    }

    [Fact]
    public async Task Ping_Reachable_IsTrue() => Assert.True(await Database.PingAsync(Token));

    [Fact]
    public async Task Ping_Cancelled_IsFalse() => Assert.False(await Database.PingAsync(new CancellationToken(canceled: true)));

    private protected static Task InsertAsync(DbConnection connection, DbTransaction transaction, int n, CancellationToken cancel) =>
        connection.ExecuteAsync("INSERT INTO counts (n) VALUES (@n)", new { n, cancel }, transaction);

    private protected async Task<List<int>> CountsAsync()
    {
        await using var connection = await Database.OpenAsync(Token);
        return (await connection.QueryAsync<int>("SELECT n FROM counts ORDER BY n")).AsList();
    }
}
