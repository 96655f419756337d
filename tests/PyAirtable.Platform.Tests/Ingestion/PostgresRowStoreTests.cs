using Npgsql;
using PyAirtable.Hosting.Data;
using PyAirtable.Platform.Ingestion;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests.Ingestion;

public sealed class PostgresRowStoreTests(PostgresServer server) : RowStoreTests(DatabaseEngine.PostgreSql, server)
{
    private readonly PostgresServer _server = server;

    [Theory]
    [InlineData("23514", true)] // check violation
    [InlineData("22001", true)] // text too long
    [InlineData("P0001", true)] // raised by a trigger
    [InlineData("57P01", false)] // shutdown
    [InlineData("57P03", false)] // starting up
    [InlineData("53100", false)] // disk full
    [InlineData("08006", false)] // connection failure
    [InlineData("40P01", false)] // deadlock
    [InlineData("25006", false)] // read-only
    public void IsRefusal_ByState_IsWhatTheRowCaused(string state, bool refusal) =>
        Assert.Equal(refusal, new PostgresRowStore<Note>(null!, null!).IsRefusal(new PostgresException("", "ERROR", "ERROR", state)));

    [Fact]
    public async Task Insert_RefusedByTheCommit_IsARefusal()
    {
        await using var storage = await TestDatabase.CreateAsync(DatabaseEngine.PostgreSql, _server);
        await storage.ExecuteAsync("""
            CREATE TABLE late (id SERIAL PRIMARY KEY, text TEXT);
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$;
            CREATE CONSTRAINT TRIGGER refuse AFTER INSERT ON late DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse();
            """);
        var notes = RowStore.Of(storage.Database, new RowTable<Note>("INSERT INTO late (text) SELECT * FROM unnest($1::text[]) RETURNING id", "", [Column<Note>.Text("text", static note => note.Text)]));

        var error = await Assert.ThrowsAsync<PostgresException>(() => notes.InsertAsync([new Note("a")], TestContext.Current.CancellationToken));

        Assert.True(notes.IsRefusal(error));
    }
}
