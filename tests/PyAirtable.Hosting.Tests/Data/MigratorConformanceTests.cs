using System.Data.Common;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Hosting.Tests.Data;

/// <summary>Migrations on either engine; the sets are this project's Data/Migrations.</summary>
public abstract class MigratorConformanceTests(DatabaseEngine engine, PostgresServer server) : IAsyncLifetime
{
    private TestDatabase _storage = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _storage = await TestDatabase.CreateAsync(engine, server);

    public async ValueTask DisposeAsync()
    {
        await _storage.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Plan_EmptyDatabase_ListsAllInOrderAndAppliesNothing()
    {
        var plan = await Migrator().PlanAsync([Set("First")], Token);

        Assert.Equal(["notes 0001_notes", "notes 0002_colour"], plan.Select(planned => planned.Step.ToString()));
        Assert.Equal(2, (await Migrator().PlanAsync([Set("First")], Token)).Count);
    }

    [Fact]
    public async Task Apply_EmptyDatabase_AppliesAllAndRecordsThem()
    {
        Assert.Equal(2, await Migrator().ApplyAsync([Set("First")], TextWriter.Null, Token));

        Assert.Equal("green", await ScalarAsync("SELECT colour FROM notes WHERE text = 'first; @all'"));
        Assert.Equal(2L, await ScalarAsync("SELECT count(*) FROM pyairtable_migrations WHERE module = 'notes' AND length(checksum) = 64"));
        Assert.Empty(await Migrator().PlanAsync([Set("First")], Token));
    }

    [Fact]
    public async Task Apply_UpToDate_WritesNothing()
    {
        await Migrator().ApplyAsync([Set("First")], TextWriter.Null, Token);

        // A writer holds its lock meanwhile: applying would wait for it.
        await using var other = _storage.Open();
        await other.WriteAsync(async (_, _, token) => Assert.Equal(0, await Migrator().ApplyAsync([Set("First")], TextWriter.Null, token)), Token);
    }

    [Fact]
    public async Task Apply_TableOfAnotherProgram_IsLeftAlone()
    {
        var key = engine == DatabaseEngine.Sqlite ? "INTEGER PRIMARY KEY" : "SERIAL PRIMARY KEY";
        await ExecuteAsync($"CREATE TABLE notes (id {key}, text varchar(100) NOT NULL, mine integer)");
        await ExecuteAsync("INSERT INTO notes (text, mine) VALUES ('kept', 42)");

        Assert.Equal(2, await Migrator().ApplyAsync([Set("First")], TextWriter.Null, Token));
        Assert.Equal(1L, await ScalarAsync("SELECT count(*) FROM notes WHERE text = 'kept' AND mine = 42"));
    }

    [Fact]
    public async Task Apply_ManyAtOnce_AppliesEachOnce()
    {
        var databases = Enumerable.Range(0, 6).Select(_ => _storage.Open()).ToArray();
        var applied = await Task.WhenAll(databases.Select(database => Task.Run(() =>
            new Migrator(database, NullLoggerFactory.Instance, TimeProvider.System).ApplyAsync([Set("First")], TextWriter.Null, Token), Token)));
        foreach (var database in databases)
        {
            await database.DisposeAsync();
        }

        Assert.Equal(2, applied.Sum());
        Assert.Equal(1L, await ScalarAsync("SELECT count(*) FROM notes"));
    }

    [Fact]
    public async Task Apply_ChangedText_StopsAndNamesTheMigration()
    {
        await Migrator().ApplyAsync([Set("First")], TextWriter.Null, Token);

        var error = await Assert.ThrowsAsync<MigrationException>(() => Migrator().ApplyAsync([Set("Changed")], TextWriter.Null, Token));
        Assert.Contains("notes 0001_notes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Apply_FailingMigration_RollsItBackAndKeepsThoseBefore()
    {
        var error = await Assert.ThrowsAsync<MigrationException>(() => Migrator().ApplyAsync([Set("Failing")], TextWriter.Null, Token));

        Assert.Contains("notes 0002_broken", error.Message, StringComparison.Ordinal);
        Assert.IsAssignableFrom<DbException>(error.InnerException);
        Assert.Equal(1L, await ScalarAsync("SELECT count(*) FROM pyairtable_migrations"));
        await Assert.ThrowsAnyAsync<DbException>(() => ScalarAsync("SELECT count(*) FROM half"));
        Assert.Equal(1, await Migrator().ApplyAsync([Set("First")], TextWriter.Null, Token));
    }

    [Fact]
    public async Task Apply_DatabaseOfNewerProgram_WarnsAndGoesOn()
    {
        await Migrator().ApplyAsync([Set("Newer")], TextWriter.Null, Token);
        var log = new LogRecorder();

        Assert.Equal(0, await new Migrator(_storage.Database, log, TimeProvider.System).ApplyAsync([Set("First")], TextWriter.Null, Token));
        Assert.Equal((LogLevel.Warning, 3011), Assert.Single(log.Entries));
    }

    [Fact]
    public async Task Plan_SetWithoutFiles_Throws() =>
        await Assert.ThrowsAsync<MigrationException>(() => Migrator().PlanAsync([Set("Nothing")], Token));

    [Fact]
    public async Task Plan_EmptyDatabase_HasTheSqlAndMakesNoFile()
    {
        await using var other = _storage.Open();
        var plan = await new Migrator(other, NullLoggerFactory.Instance, TimeProvider.System).PlanAsync([Set("First")], Token);

        Assert.StartsWith("CREATE TABLE IF NOT EXISTS notes", plan[0].Sql, StringComparison.Ordinal);
        Assert.False(other.FilePath is { } path && File.Exists(path));
    }

    [Fact]
    public async Task Check_BeforeMigrations_NamesThem() => Assert.Equal(
        ["the migration notes 0001_notes is not applied", "the migration notes 0002_colour is not applied"],
        await Migrator().CheckAsync([Set("First")], Token));

    [Theory]
    [InlineData("SELECT 1")]
    [InlineData("CREATE TABLE others (id integer NOT NULL)")]
    [InlineData("ALTER TABLE notes ADD COLUMN more integer")]
    [InlineData("ALTER TABLE notes ADD COLUMN more integer NOT NULL DEFAULT 0")]
    [InlineData("DROP INDEX notes_text", "the index notes_text of notes is missing")]
    [InlineData("ALTER TABLE notes DROP COLUMN colour", "notes.colour is missing")]
    [InlineData("ALTER TABLE notes RENAME TO old_notes", "the table notes is missing")]
    [InlineData("ALTER TABLE notes DROP COLUMN colour; ALTER TABLE notes ADD COLUMN colour varchar(30)", "notes.colour is varchar(30), not varchar(20)")]
    [InlineData("ALTER TABLE notes DROP COLUMN colour; ALTER TABLE notes ADD COLUMN colour varchar(20) NOT NULL DEFAULT ''", "notes.colour takes no NULL")]
    public async Task Check_AfterAChange_NamesWhatMatters(string change, params string[] expected)
    {
        await Migrator().ApplyAsync([Set("First")], TextWriter.Null, Token);
        await ExecuteAsync("DELETE FROM notes");
        await ExecuteAsync(change);

        var faults = await Migrator().CheckAsync([Set("First")], Token);

        Assert.Equal(expected, faults.Select(fault => fault.Replace("character varying", "varchar", StringComparison.Ordinal)));
        Assert.Equal(0L, await ScalarAsync("SELECT count(*) FROM notes".Replace("notes", change.Contains("old_notes", StringComparison.Ordinal) ? "old_notes" : "notes", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Check_WhileAnotherWrites_WaitsForNobody()
    {
        await Migrator().ApplyAsync([Set("First")], TextWriter.Null, Token);

        await using var other = _storage.Open();
        await other.WriteAsync(async (connection, transaction, token) =>
        {
            await using var command = connection.CreateCommand();
            (command.Transaction, command.CommandText) = (transaction, "UPDATE notes SET colour = 'red'");
            await command.ExecuteNonQueryAsync(token);
            Assert.Empty(await Migrator().CheckAsync([Set("First")], token));
        }, Token);
        Assert.Equal("red", await ScalarAsync("SELECT colour FROM notes"));
    }

    private static MigrationSet Set(string folder) => new("notes", typeof(MigratorConformanceTests).Assembly, folder + "/");

    private Migrator Migrator() => new(_storage.Database, NullLoggerFactory.Instance, TimeProvider.System);

    private async Task<object?> ScalarAsync(string sql)
    {
        await using var connection = await _storage.Database.OpenAsync(Token);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync(Token);
    }

    private Task ExecuteAsync(string sql) => _storage.Database.WriteAsync(async (connection, transaction, token) =>
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(token);
    }, Token);
}
