using System.Data.Common;
using Microsoft.Extensions.Logging.Abstractions;
using PyAirtable.Hosting.Data;
using PyAirtable.Hosting.Data.Copying;
using PyAirtable.Testing;

namespace PyAirtable.Hosting.Tests.Data.Copying;

/// <summary>From a real SQLite file into a real PostgreSQL server.</summary>
public sealed class DatabaseCopyTests(PostgresServer server) : IAsyncLifetime
{
    private const int Owners = 25_000;

    private TestDatabase _source = null!;
    private TestDatabase _target = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _source = await TestDatabase.CreateAsync(DatabaseEngine.Sqlite, server);
        _target = await TestDatabase.CreateAsync(DatabaseEngine.PostgreSql, server);
        await MigrateAsync(_source, "Copied");
        await MigrateAsync(_target, "Copied");
        await SourceAsync($$"""
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {{Owners}})
            INSERT INTO owners (name, size, score, active, extra, made_at, seen_at)
            SELECT 'Ada ' || i || ' Ωλ''', i * 4000000000, CASE i % 3 WHEN 0 THEN NULL ELSE i / 7.0 END, i % 2, '{"i": ' || i || '}',
                   '2025-01-15 09:30:00.' || substr('00000' || i, -6), CASE i % 5 WHEN 0 THEN NULL ELSE '2025-01-15 09:30:00' END FROM n
            """);
        await SourceAsync("INSERT INTO runs (owner, note) SELECT id, name FROM owners WHERE id <= 100");
        await SourceAsync("INSERT INTO revoked VALUES ('0b9c3f0e-5c0e-4a53-9a0f-0d3f3c2f1a11', NULL), ('1b9c3f0e-5c0e-4a53-9a0f-0d3f3c2f1a11', '')");
        await SourceAsync("INSERT INTO hours VALUES ('a', '2025-01-15 09:00:00.000000', 7)");
    }

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        await _target.DisposeAsync();
    }

    [Fact]
    public async Task Run_EmptyTarget_CopiesEveryValue()
    {
        var output = await CopyAsync();

        Assert.Matches(@"owners\s+25,000 rows  checksum [0-9a-f]{16}, equal on both sides", output);
        Assert.Equal(
            (7, "Ada 7 Ωλ'", 28_000_000_000L, 1.0, true, """{"i": 7}""", new DateTime(2025, 1, 15, 9, 30, 0, 0, 7), new DateTime(2025, 1, 15, 9, 30, 0)),
            await TargetAsync("SELECT id, name, size, score, active, extra, made_at, seen_at FROM owners WHERE id = 7", row =>
                (row.GetInt32(0), row.GetString(1), row.GetInt64(2), row.GetDouble(3), row.GetBoolean(4), row.GetString(5), row.GetDateTime(6), row.GetDateTime(7))));
        Assert.Equal((100L, 2L, 1L), await TargetAsync("SELECT (SELECT count(*) FROM runs), (SELECT count(*) FROM revoked), (SELECT count(*) FROM hours)", row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2))));
        Assert.Equal(Owners + 1, await TargetAsync("INSERT INTO owners (name, size, active, extra, made_at) VALUES ('new', 1, true, '{}', now()) RETURNING id", row => row.GetInt32(0)));
    }

    [Fact]
    public async Task Run_RollUpsAndIndexes_AreLeftToBeMadeAgain()
    {
        Assert.DoesNotMatch("owner_rollups|owner_index", await CopyAsync());
        Assert.Equal((0L, 0L), await TargetAsync("SELECT through, (SELECT count(*) FROM owner_index) FROM owner_rollups", row => (row.GetInt64(0), row.GetInt64(1))));
    }

    [Fact]
    public async Task Run_TargetWithOtherRows_IsRefusedAndLeftAlone()
    {
        await TargetAsync("INSERT INTO revoked VALUES (gen_random_uuid(), 'mine') RETURNING why", row => row.GetString(0));

        var error = await Assert.ThrowsAsync<CopyException>(CopyAsync);

        Assert.Contains("revoked (1 rows)", error.Message, StringComparison.Ordinal);
        Assert.Equal((0L, "mine"), await TargetAsync("SELECT (SELECT count(*) FROM owners), (SELECT why FROM revoked)", row => (row.GetInt64(0), row.GetString(1))));
    }

    [Fact]
    public async Task Run_TargetChangedSinceTheCopy_IsRefused()
    {
        await CopyAsync();
        await TargetAsync("UPDATE owners SET name = 'changed here' WHERE id = 3 RETURNING id", row => row.GetInt32(0));

        var error = await Assert.ThrowsAsync<CopyException>(CopyAsync);

        Assert.Contains("owners (25,000 rows)", error.Message, StringComparison.Ordinal);
        Assert.Equal("changed here", await TargetAsync("SELECT name FROM owners WHERE id = 3", row => row.GetString(0)));
    }

    [Fact]
    public async Task Run_CutOffInTheMiddle_GoesOnFromTheLastChunk()
    {
        using (var stop = new CancellationTokenSource())
        {
            var copy = new DatabaseCopy(_source.Database, _target.Database, new StoppingWriter("copying owners", stop), new FastClock());
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => copy.RunAsync(stop.Token));
        }
        var before = await TargetAsync("SELECT count(*), max(xmin::text::bigint) FROM owners", row => (row.GetInt64(0), row.IsDBNull(1) ? 0 : row.GetInt64(1)));

        await CopyAsync();

        Assert.InRange(before.Item1, 10_000, Owners - 1);
        Assert.Equal(before.Item1, await TargetAsync($"SELECT count(*) FROM owners WHERE xmin::text::bigint <= {before.Item2}", row => row.GetInt64(0)));
        Assert.Equal(Owners, await TargetAsync("SELECT count(*) FROM owners", row => row.GetInt64(0)));
    }

    [Fact]
    public async Task Run_Again_BringsOverWhatWasAddedAndChanged()
    {
        await CopyAsync();
        await SourceAsync("INSERT INTO revoked VALUES ('2b9c3f0e-5c0e-4a53-9a0f-0d3f3c2f1a11', 'late')");
        await SourceAsync("UPDATE owners SET name = 'renamed' WHERE id = 5");
        await SourceAsync("DELETE FROM runs WHERE id = 9");
        await SourceAsync("UPDATE hours SET count = 8");

        var output = await CopyAsync();

        Assert.Contains("copied anew: hours, owners, runs", output, StringComparison.Ordinal);
        Assert.Equal(
            ("renamed", 99L, 8L, 3L),
            await TargetAsync(
                "SELECT (SELECT name FROM owners WHERE id = 5), (SELECT count(*) FROM runs), (SELECT count FROM hours), (SELECT count(*) FROM revoked)",
                row => (row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3))));
    }

    [Fact]
    public async Task Run_SourceWrittenMeanwhile_CopiesOneMoment()
    {
        using var stop = new CancellationTokenSource();
        var writer = Task.Run(
            async () =>
            {
                for (var i = 0; !stop.IsCancellationRequested; i++)
                {
                    await SourceAsync($"INSERT INTO owners (id, name, size, active, extra, made_at) VALUES ({100_000 + i}, 'live', 1, 1, '{{}}', '2025-01-15 09:30:00.000000'); INSERT INTO runs (owner, note) VALUES ({100_000 + i}, 'live')");
                }
            },
            Token);

        await CopyAsync();
        await stop.CancelAsync();
        await writer;

        Assert.Equal(0L, await TargetAsync("SELECT (SELECT count(*) FROM runs WHERE note = 'live') - (SELECT count(*) FROM owners WHERE name = 'live')", row => row.GetInt64(0)));
        await CopyAsync();
        Assert.Equal(await CountSourceAsync("owners"), await TargetAsync("SELECT count(*) FROM owners", row => row.GetInt64(0)));
    }

    [Fact]
    public async Task Run_ValueThatIsNone_NamesTheRow()
    {
        await SourceAsync("UPDATE owners SET made_at = 'yesterday' WHERE id = 42");

        var error = await Assert.ThrowsAsync<CopyException>(CopyAsync);

        Assert.Equal("owners, row with id 42: made_at is no timestamp", error.Message);
    }

    [Fact]
    public async Task Run_RowThatPostgresRefuses_NamesTheTable()
    {
        await SourceAsync("UPDATE runs SET note = 'a' || char(0) || 'b' WHERE id = 42");

        var error = await Assert.ThrowsAsync<CopyException>(CopyAsync);

        Assert.StartsWith("runs: rows after the first are refused: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_OtherMigrations_IsRefused()
    {
        await MigrateAsync(_target, "First");

        Assert.Equal("the source lacks the migration first 1: run migrate on it first", (await Assert.ThrowsAsync<CopyException>(CopyAsync)).Message);
        await MigrateAsync(_source, "First");
        await MigrateAsync(_source, "Newer", "first");
        Assert.StartsWith("the source has the migration first 3", (await Assert.ThrowsAsync<CopyException>(CopyAsync)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_AnotherUnderWay_IsRefused()
    {
        await using var other = await _target.Database.OpenAsync(Token);
        await using var command = other.CreateCommand();
        command.CommandText = "SELECT pg_try_advisory_lock(7596553268105236322)";
        Assert.Equal(true, await command.ExecuteScalarAsync(Token));

        Assert.Equal("another copy into the target is under way", (await Assert.ThrowsAsync<CopyException>(CopyAsync)).Message);
    }

    private static Task<int> MigrateAsync(TestDatabase database, string folder, string? name = null) =>
        new Migrator(database.Database, NullLoggerFactory.Instance, TimeProvider.System)
            .ApplyAsync([new MigrationSet(name ?? folder.ToLowerInvariant(), typeof(DatabaseCopyTests).Assembly, folder + "/")], TextWriter.Null, Token);

    private async Task<string> CopyAsync()
    {
        var output = new StringWriter();
        await new DatabaseCopy(_source.Database, _target.Database, output, TimeProvider.System).RunAsync(Token);
        return output.ToString();
    }

    private Task SourceAsync(string sql) => _source.Database.WriteAsync(
        async (connection, transaction, token) =>
        {
            await using var command = connection.CreateCommand();
            (command.CommandText, command.Transaction) = (sql, transaction);
            await command.ExecuteNonQueryAsync(token);
        },
        Token);

    private async Task<long> CountSourceAsync(string table)
    {
        await using var connection = await _source.Database.OpenAsync(Token);
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM {table}";
        return (long)(await command.ExecuteScalarAsync(Token))!;
    }

    private async Task<T> TargetAsync<T>(string sql, Func<DbDataReader, T> read)
    {
        await using var connection = await _target.Database.OpenAsync(Token);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var rows = await command.ExecuteReaderAsync(Token);
        Assert.True(await rows.ReadAsync(Token));
        return read(rows);
    }

    /// <summary>Stops the copy when it says that it is at a step.</summary>
    private sealed class StoppingWriter(string step, CancellationTokenSource stop) : StringWriter
    {
        public override Task WriteLineAsync(string? value) =>
            value!.StartsWith(step, StringComparison.Ordinal) ? stop.CancelAsync() : Task.CompletedTask;
    }

    /// <summary>Goes on a minute each time it is asked, so that all progress is told.</summary>
    private sealed class FastClock : TimeProvider
    {
        private long _now;

        public override long GetTimestamp() => _now += TimestampFrequency * 60;
    }
}
