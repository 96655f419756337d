using PyAirtable.Hosting.Data;
using PyAirtable.Platform.Ingestion;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests.Ingestion;

/// <summary>Adding rows to a table of either engine.</summary>
public abstract class RowStoreTests(DatabaseEngine engine, PostgresServer server) : IAsyncLifetime
{
    private TestDatabase _storage = null!;
    private IRowStore<Note> _notes = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _storage = await TestDatabase.CreateAsync(engine, server);
        var id = engine == DatabaseEngine.PostgreSql ? "SERIAL PRIMARY KEY" : "INTEGER PRIMARY KEY";
        await _storage.ExecuteAsync($"CREATE TABLE notes (id {id}, text VARCHAR(100) CHECK (text <> 'bad'))");
        var table = new RowTable<Note>(
            "INSERT INTO notes (text) SELECT * FROM unnest($1::text[]) RETURNING id",
            "INSERT INTO notes (text) VALUES (@text)",
            [Column<Note>.Text("text", static note => note.Text)]);
        _notes = RowStore.Of(_storage.Database, table);
    }

    public async ValueTask DisposeAsync()
    {
        await _storage.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    public async Task Insert_Rows_EachHasTheIdOfItsRow(int count)
    {
        List<Note> notes = [.. Enumerable.Range(0, count).Select(static i => new Note($"note {i}"))];

        await _notes.InsertAsync(notes, Token);

        foreach (var note in notes)
        {
            Assert.Equal(note.Text, await _storage.ReadAsync($"SELECT text FROM notes WHERE id = {note.Id}"));
        }
    }

    [Fact]
    public async Task Insert_BesideAnotherProgram_IdsAreDistinct()
    {
        await using var other = _storage.Open();
        IRowStore<Note>[] stores = [_notes, RowStore.Of(other, new RowTable<Note>("INSERT INTO notes (text) SELECT * FROM unnest($1::text[]) RETURNING id", "INSERT INTO notes (text) VALUES (@text)", [Column<Note>.Text("text", static note => note.Text)]))];
        List<Note>[] batches = [.. Enumerable.Range(0, 20).Select(static batch => Enumerable.Range(0, 50).Select(i => new Note($"{batch}.{i}")).ToList())];

        await Task.WhenAll(batches.Select((batch, i) => stores[i % 2].InsertAsync(batch, Token)));

        Assert.Equal(1000, batches.SelectMany(static batch => batch).Select(static note => note.Id).Distinct().Count());
        Assert.Equal(1000L, await _storage.ReadAsync("SELECT count(*) FROM notes"));
    }

    [Fact]
    public async Task Insert_OneRowRefused_StoresNoneAndIsARefusal()
    {
        var error = await Assert.ThrowsAnyAsync<Exception>(() => _notes.InsertAsync([new Note("good"), new Note("bad")], Token));

        Assert.True(_notes.IsRefusal(error));
        Assert.Equal(0L, await _storage.ReadAsync("SELECT count(*) FROM notes"));
        await _notes.InsertAsync([new Note("good")], Token);
        Assert.Equal(1L, await _storage.ReadAsync("SELECT count(*) FROM notes"));
    }

    [Fact]
    public void IsRefusal_WhatIsNoAnswerOfTheDatabase_IsFalse()
    {
        Assert.False(_notes.IsRefusal(new IOException()));
        Assert.False(_notes.IsRefusal(new OperationCanceledException()));
        Assert.False(_notes.IsRefusal(new TimeoutException()));
    }
}
