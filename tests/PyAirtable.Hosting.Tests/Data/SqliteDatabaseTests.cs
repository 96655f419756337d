using System.Data.Common;
using Dapper;
using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Hosting.Tests.Data;

public sealed class SqliteDatabaseTests(PostgresServer server) : DatabaseConformanceTests(DatabaseEngine.Sqlite, server)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    [Fact]
    public async Task Create_Always_TouchesNoDisk()
    {
        var folder = Path.Combine(Path.GetDirectoryName(Storage.Options.SqlitePath)!, "not", "yet");
        Assert.True(DatabaseOptions.TryParse("", folder, out var options, out _));
        await using var database = Database.Create(options!, Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance, TimeProvider.System);
        Assert.False(Directory.Exists(folder));

        Assert.True(await database.PingAsync(Token));
        Assert.True(File.Exists(Path.Combine(folder, "pyairtable.db")));
    }

    [Fact]
    public void File_New_BelongsToItsOwnerAlone()
    {
        foreach (var suffix in new[] { "", "-wal", "-shm" })
        {
            var path = Storage.Options.SqlitePath + suffix;
            Assert.Equal(OwnerOnly, OperatingSystem.IsWindows() ? OwnerOnly : File.GetUnixFileMode(path));
        }
    }

    [Theory]
    [InlineData("journal_mode", "wal")]
    [InlineData("foreign_keys", "1")]
    [InlineData("busy_timeout", "5000")]
    [InlineData("synchronous", "2")]
    public async Task Writer_Pragma_IsSet(string pragma, string expected)
    {
        var value = await Database.WriteAsync(async (connection, transaction, token) =>
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA " + pragma;
            return $"{await command.ExecuteScalarAsync(token)}";
        }, Token);

        Assert.Equal(expected, value);
    }

    [Fact]
    public async Task Reader_Write_IsRefused()
    {
        await using var connection = await Database.OpenAsync(Token);

        await Assert.ThrowsAnyAsync<DbException>(() => connection.ExecuteAsync("INSERT INTO counts (n) VALUES (1)"));
    }

    [Fact]
    public async Task Reader_LeftHalfRead_DoesNotPinAnOldSnapshot()
    {
        await Database.WriteAsync((connection, transaction, token) => InsertAsync(connection, transaction, 1, token), Token);
        var connection = await Database.OpenAsync(Token);
        var command = connection.CreateCommand();
        command.CommandText = "SELECT n FROM counts UNION ALL SELECT n FROM counts";
        var reader = await command.ExecuteReaderAsync(Token);
        await reader.ReadAsync(Token);
        await connection.DisposeAsync();
        await Database.WriteAsync((writer, transaction, token) => InsertAsync(writer, transaction, 2, token), Token);

        Assert.Equal([1, 2], await CountsAsync());
    }

    [Fact]
    public async Task Reader_StatementKeptPrepared_RunsAgainAndSeesWhatIsNew()
    {
        await Database.WriteAsync((connection, transaction, token) => InsertAsync(connection, transaction, 1, token), Token);
        var first = await Database.OpenAsync(Token);
        var kept = first.CreateCommand();
        kept.CommandText = "SELECT count(*) FROM counts";
        Assert.Equal(1L, await kept.ExecuteScalarAsync(Token));
        await first.DisposeAsync();
        await Database.WriteAsync((connection, transaction, token) => InsertAsync(connection, transaction, 2, token), Token);

        await using var second = await Database.OpenAsync(Token);
        Assert.Same(first, second);
        Assert.Equal(2L, await kept.ExecuteScalarAsync(Token));
    }

    [Fact]
    public async Task Write_AnotherProcessWrites_WaitsForIt()
    {
        await using var other = Storage.Open();
        var started = new TaskCompletionSource();
        var finish = new TaskCompletionSource();
        var first = Task.Run(() => other.WriteAsync(async (connection, transaction, token) =>
        {
            await InsertAsync(connection, transaction, 1, token);
            started.SetResult();
            await finish.Task;
        }, Token), Token);
        await started.Task;
        var second = Task.Run(() => Database.WriteAsync((connection, transaction, token) => InsertAsync(connection, transaction, 2, token), Token), Token);
        Assert.False(second.IsCompleted);
        finish.SetResult();
        await Task.WhenAll(first, second);

        Assert.Equal([1, 2], await CountsAsync());
    }

    [Fact]
    public async Task Write_CancelledWhileWaiting_LeavesTheTurnToOthers()
    {
        using var cancel = new CancellationTokenSource();
        await Database.WriteAsync(async (connection, transaction, token) =>
        {
            var waiting = Database.WriteAsync((_, _, _) => Task.CompletedTask, cancel.Token);
            await cancel.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        }, Token);

        await Database.WriteAsync((connection, transaction, token) => InsertAsync(connection, transaction, 1, token), Token);
        Assert.Equal([1], await CountsAsync());
    }

    [Fact]
    public async Task Ping_FileIsAFolder_IsFalse()
    {
        await using var database = Database.Create(
            Storage.Options with { SqlitePath = Path.GetDirectoryName(Storage.Options.SqlitePath) }, Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance, TimeProvider.System);

        Assert.False(await database.PingAsync(Token));
    }
}
