using Dapper;
using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Hosting.Tests.Data;

/// <summary>What SQL written once may rely on, on both engines; docs/storage.md says it in words.</summary>
public abstract class StorageConformanceTests(DatabaseEngine engine, PostgresServer server) : IAsyncLifetime
{
    private static readonly DateTime Noon = new(2025, 1, 15, 12, 30, 45, DateTimeKind.Unspecified);
    private TestDatabase _storage = null!;

    private Database Database => _storage.Database;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _storage = await TestDatabase.CreateAsync(engine, server);
        var (key, zoned) = engine == DatabaseEngine.Sqlite ? ("INTEGER PRIMARY KEY", "TEXT") : ("SERIAL PRIMARY KEY", "TIMESTAMPTZ");
        var (json, time) = engine == DatabaseEngine.Sqlite ? ("TEXT", "TEXT") : ("JSON", "TIMESTAMP");
        await Database.WriteAsync(async (connection, transaction, token) =>
        {
            await using var command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = $"CREATE TABLE things (id {key}, name varchar(100) UNIQUE, active BOOLEAN NOT NULL, size DOUBLE PRECISION, big BIGINT, user_id INTEGER, data {json} NOT NULL, made_at {time} NOT NULL, seen_at {time}, zoned_at {zoned})";
            await command.ExecuteNonQueryAsync(token);
        }, Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _storage.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Json_TextParameterThroughFunction_IsStoredAndReadAsText()
    {
        await InsertAsync(Sample with { Data = """{"a":[1,"é"],"b":null}""" });

        Assert.Equal("""{"a":[1,"é"],"b":null}""", (await ReadAsync()).Data);
    }

    [Fact]
    public async Task Json_NotJson_IsRefused() =>
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => InsertAsync(Sample with { Data = "{broken" }));

    [Fact]
    public async Task Insert_Returning_AnswersTheKeysInOrder()
    {
        var first = await InsertAsync(Sample);
        var second = await InsertAsync(Sample with { Name = "other" });

        Assert.Equal((1, 2), (first, second));
    }

    [Fact]
    public async Task Row_AllColumnsSet_ComesBackEqual()
    {
        var thing = Sample with { Size = 0.1, Big = long.MaxValue, UserId = 7, SeenAt = Noon.AddTicks(10), Active = true };
        await InsertAsync(thing);

        Assert.Equal(thing with { Id = 1 }, await ReadAsync());
    }

    [Fact]
    public async Task Row_NullableColumnsNull_ComesBackEqual()
    {
        var thing = Sample with { Name = null };
        await InsertAsync(thing);

        Assert.Equal(thing with { Id = 1 }, await ReadAsync());
    }

    [Fact]
    public async Task Row_WholeNumberInFloatColumn_ComesBackEqual()
    {
        await InsertAsync(Sample with { Size = 3 });

        Assert.Equal(3.0, (await ReadAsync()).Size);
    }

    [Fact]
    public async Task DateTime_Microseconds_ComeBackUnconverted()
    {
        await InsertAsync(Sample with { MadeAt = Noon.AddMicroseconds(417) });

        Assert.Equal(Noon.AddMicroseconds(417), (await ReadAsync()).MadeAt);
    }

    [Fact]
    public async Task DateTime_Unspecified_IsWrittenAsSqlAlchemyDoes()
    {
        await InsertAsync(Sample with { MadeAt = Noon.AddMilliseconds(500) });

        await using var connection = await Database.OpenAsync(Token);
        await using var command = connection.CreateCommand();
        command.CommandText = engine == DatabaseEngine.Sqlite ? "SELECT made_at FROM things" : "SELECT to_char(made_at, 'YYYY-MM-DD HH24:MI:SS.US') FROM things";
        Assert.Equal("2025-01-15 12:30:45.500000", await command.ExecuteScalarAsync(Token));
    }

    [Fact]
    public async Task DateTime_Compared_SelectsByTime()
    {
        await InsertAsync(Sample with { MadeAt = Noon });
        await InsertAsync(Sample with { Name = "later", MadeAt = Noon.AddMicroseconds(1) });

        await using var connection = await Database.OpenAsync(Token);
        var count = await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM things WHERE made_at > @since", new { since = Noon, cancel = Token });
        Assert.Equal(1, count);
    }

    [Fact]
    public async Task DateTime_Utc_IsTheSameInstantInZonedColumns()
    {
        await InsertAsync(Sample);
        var instant = DateTime.SpecifyKind(Noon, DateTimeKind.Utc);
        await Database.WriteAsync((connection, transaction, token) => connection.ExecuteAsync(
            "UPDATE things SET zoned_at = @instant", new { instant, cancel = token }, transaction), Token);

        await using var connection = await Database.OpenAsync(Token);
        var read = await connection.QuerySingleAsync<Zoned>("SELECT zoned_at AS ZonedAt FROM things WHERE zoned_at = @instant", new { instant, cancel = Token });
        Assert.Equal(Noon, read.ZonedAt);
    }

    [Fact]
    public async Task DateTime_NullParameter_StoresNull()
    {
        await InsertAsync(Sample with { SeenAt = Noon });
        DateTime? nothing = null;
        await Database.WriteAsync((connection, transaction, token) => connection.ExecuteAsync(
            "UPDATE things SET seen_at = @nothing", new { nothing, cancel = token }, transaction), Token);

        Assert.Null((await ReadAsync()).SeenAt);
    }

    [Fact]
    public async Task Bool_InCondition_Selects()
    {
        await InsertAsync(Sample with { Active = true });

        await using var connection = await Database.OpenAsync(Token);
        Assert.Equal(1, await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM things WHERE active = @active AND active", new { active = true, cancel = Token }));
    }

    [Fact]
    public async Task Update_Affected_AnswersTheNumberOfRows()
    {
        await InsertAsync(Sample);

        var affected = await Database.WriteAsync((connection, transaction, token) => connection.ExecuteAsync(
            "UPDATE things SET user_id = @user WHERE id = @id", new { user = 3, id = 1, cancel = token }, transaction), Token);
        Assert.Equal(1, affected);
    }

    [Fact]
    public async Task Insert_OnConflict_UpdatesInPlace()
    {
        await InsertAsync(Sample);
        var id = await Database.WriteAsync((connection, transaction, token) => connection.ExecuteScalarAsync<int>("""
            INSERT INTO things (name, active, data, made_at) VALUES (@name, @active, json(@data), @time)
            ON CONFLICT (name) DO UPDATE SET active = excluded.active RETURNING id
            """, new { name = "thing", active = true, data = "{}", time = Noon, cancel = token }, transaction), Token);

        Assert.Equal(1, id);
        Assert.True((await ReadAsync()).Active);
    }

    [Fact]
    public async Task Query_NoRow_AnswersNull()
    {
        await using var connection = await Database.OpenAsync(Token);

        Assert.Null(await connection.QueryFirstOrDefaultAsync<Zoned>("SELECT zoned_at AS ZonedAt FROM things WHERE id = @id", new { id = 9, cancel = Token }));
    }

    [Fact]
    public async Task Query_CancelledToken_Throws()
    {
        await using var connection = await Database.OpenAsync(Token);
        var cancel = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connection.ExecuteScalarAsync<long>("SELECT count(*) FROM things WHERE id = @id", new { id = 1, cancel }));
    }

    private static Thing Sample => new() { Name = "thing", Data = "{}", MadeAt = Noon };

    private Task<int> InsertAsync(Thing thing) => Database.WriteAsync((connection, transaction, token) => connection.ExecuteScalarAsync<int>("""
        INSERT INTO things (name, active, size, big, user_id, data, made_at, seen_at)
        VALUES (@Name, @Active, @Size, @Big, @UserId, json(@Data), @MadeAt, @SeenAt)
        RETURNING id
        """, new { thing.Name, thing.Active, thing.Size, thing.Big, thing.UserId, thing.Data, thing.MadeAt, thing.SeenAt, cancel = token }, transaction), Token);

    private async Task<Thing> ReadAsync()
    {
        await using var connection = await Database.OpenAsync(Token);
        return await connection.QuerySingleAsync<Thing>("""
            SELECT id AS Id, name AS Name, active AS Active, size AS Size, big AS Big, user_id AS UserId,
                   data AS Data, made_at AS MadeAt, seen_at AS SeenAt
            FROM things WHERE id = @id
            """, new { id = 1, cancel = Token });
    }

    internal sealed record Thing
    {
        public int Id { get; init; }

        public string? Name { get; init; }

        public bool Active { get; init; }

        public double? Size { get; init; }

        public long? Big { get; init; }

        public int? UserId { get; init; }

        public string Data { get; init; } = "";

        public DateTime MadeAt { get; init; }

        public DateTime? SeenAt { get; init; }
    }

    internal sealed record Zoned
    {
        public DateTime ZonedAt { get; init; }
    }
}
