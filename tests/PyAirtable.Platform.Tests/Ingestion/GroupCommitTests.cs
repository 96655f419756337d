using Microsoft.Extensions.Logging.Abstractions;
using PyAirtable.Hosting.Metrics;
using PyAirtable.Platform.Ingestion;

namespace PyAirtable.Platform.Tests.Ingestion;

public sealed class GroupCommitTests
{
    private readonly HeldStore _store = new(writers: 1);
    private readonly List<string> _told = [];

    [Fact]
    public async Task Add_WriterFree_IsWrittenAtOnceAndAnsweredAfterTheCommit()
    {
        await using var commit = Make(_store);
        var note = new Note("a");
        var outcome = commit.AddAsync([note]);
        var transaction = await _store.NextAsync();
        Assert.Equal(["a"], transaction.Rows);
        Assert.False(outcome.IsCompleted);

        transaction.Commit();

        Assert.Equal(IngestionOutcome.Stored, await outcome);
        Assert.Equal(1, note.Id);
    }

    [Fact]
    public async Task Add_WriterBusy_GathersForTheNextTransaction()
    {
        await using var commit = Make(_store);
        var first = commit.AddAsync([new Note("a")]);
        var running = await _store.NextAsync();
        Task<IngestionOutcome>[] waiting = [commit.AddAsync([new Note("b")]), commit.AddAsync([new Note("c"), new Note("d")]), commit.AddAsync([new Note("e")])];
        Assert.Equal(4, commit.Waiting);

        running.Commit();
        Assert.Equal(IngestionOutcome.Stored, await first);
        var next = await _store.NextAsync();
        Assert.Equal(["b", "c", "d", "e"], next.Rows);
        Assert.All(waiting, static outcome => Assert.False(outcome.IsCompleted));
        next.Commit();

        Assert.All(await Task.WhenAll(waiting), static outcome => Assert.Equal(IngestionOutcome.Stored, outcome));
        Assert.Equal(0, commit.Waiting);
    }

    [Fact]
    public async Task Add_TwoWriters_HaveATransactionEach()
    {
        var store = new HeldStore(writers: 2);
        await using var commit = Make(store);
        Task<IngestionOutcome>[] added = [commit.AddAsync([new Note("a")])];
        var first = await store.NextAsync();
        added = [.. added, commit.AddAsync([new Note("b")])];
        var second = await store.NextAsync();
        added = [.. added, commit.AddAsync([new Note("c")])];
        Assert.Equal(1, commit.Waiting);

        second.Commit();
        Assert.Equal(["c"], (await CommitNextAsync(store)).Rows);
        first.Commit();

        Assert.All(await Task.WhenAll(added), static outcome => Assert.Equal(IngestionOutcome.Stored, outcome));
    }

    [Fact]
    public async Task Add_QueueFull_IsBusyUntilThereIsRoom()
    {
        await using var commit = Make(_store, new IngestionOptions { MaxWaitingRows = 2 });
        var first = commit.AddAsync([new Note("a")]);
        var running = await _store.NextAsync();
        var waiting = commit.AddAsync([new Note("b"), new Note("c")]);

        Assert.Equal(IngestionOutcome.Busy, await commit.AddAsync([new Note("d")]));
        running.Commit();
        await first;
        await CommitNextAsync(_store);
        await waiting;
        var again = commit.AddAsync([new Note("e")]);
        await CommitNextAsync(_store);
        Assert.Equal(IngestionOutcome.Stored, await again);
    }

    [Fact]
    public async Task Add_OneRefusedRow_FailsItsRequestAlone()
    {
        await using var commit = Make(_store);
        var first = commit.AddAsync([new Note("first")]);
        var running = await _store.NextAsync();
        string[] texts = ["a", "b", "bad", "c", "d"];
        var added = texts.Select(text => commit.AddAsync([new Note(text), new Note(text + "2")])).ToList();
        running.Commit();

        while (added.Exists(static outcome => !outcome.IsCompleted))
        {
            var transaction = await _store.NextAsync();
            if (transaction.Rows.Contains("bad"))
            {
                transaction.Refuse();
            }
            else
            {
                transaction.Commit();
            }

            await Task.WhenAny(_store.WhenBegun(), Task.WhenAll(added));
        }

        var outcomes = await Task.WhenAll(added);
        Assert.Equal(texts.Select(static text => text == "bad" ? IngestionOutcome.Rejected : IngestionOutcome.Stored), outcomes);
        Assert.Equal(IngestionOutcome.Stored, await first);
        await commit.DisposeAsync();
        Assert.Equal(["first", "a", "a2", "b", "b2", "c", "c2", "d", "d2"], _told);
    }

    [Fact]
    public async Task Add_ConnectionLost_IsUnavailableAndNotTriedAgain()
    {
        await using var commit = Make(_store);
        var lost = commit.AddAsync([new Note("a")]);
        (await _store.NextAsync()).Lose();
        Assert.Equal(IngestionOutcome.Unavailable, await lost);

        var next = commit.AddAsync([new Note("b")]);
        var transaction = await CommitNextAsync(_store);
        Assert.Equal(["b"], transaction.Rows);
        Assert.Equal(IngestionOutcome.Stored, await next);
        await commit.DisposeAsync();
        Assert.Equal(["b"], _told);
    }

    [Fact]
    public async Task Dispose_RowsWaiting_StoresThemAndTakesNoMore()
    {
        var commit = Make(_store);
        var first = commit.AddAsync([new Note("a")]);
        var running = await _store.NextAsync();
        var waiting = commit.AddAsync([new Note("b")]);

        var closing = commit.DisposeAsync();
        Assert.Equal(IngestionOutcome.Busy, await commit.AddAsync([new Note("c")]));
        Assert.False(closing.IsCompleted);
        running.Commit();
        await CommitNextAsync(_store);

        await closing;
        Assert.Equal([IngestionOutcome.Stored, IngestionOutcome.Stored], await Task.WhenAll(first, waiting));
    }

    [Fact]
    public async Task Dispose_DatabaseAway_DoesNotWaitForIt()
    {
        var commit = Make(_store);
        var first = commit.AddAsync([new Note("a")]);
        var running = await _store.NextAsync();
        var waiting = commit.AddAsync([new Note("b")]);
        var closing = commit.DisposeAsync();

        running.Lose();

        await closing;
        Assert.Equal([IngestionOutcome.Unavailable, IngestionOutcome.Unavailable], await Task.WhenAll(first, waiting));
    }

    private static async Task<HeldTransaction> CommitNextAsync(HeldStore store)
    {
        var transaction = await store.NextAsync();
        transaction.Commit();
        return transaction;
    }

    private GroupCommit<Note> Make(HeldStore store, IngestionOptions? options = null) => new(
        store, options ?? new IngestionOptions(), rows => _told.AddRange(rows.Select(static row => row.Text)), "notes", new ServiceMetrics(TimeProvider.System), TimeProvider.System, NullLogger.Instance);
}
