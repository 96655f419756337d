using System.Threading.Channels;
using PyAirtable.Platform.Ingestion;

namespace PyAirtable.Platform.Tests.Ingestion;

/// <summary>A table in memory whose transactions wait until the test lets them go on.</summary>
internal sealed class HeldStore(int writers) : IRowStore<Note>
{
    private readonly Channel<HeldTransaction> _begun = Channel.CreateUnbounded<HeldTransaction>();
    private int _lastId;

    public int Writers { get; } = writers;

    /// <summary>The next transaction that was begun.</summary>
    public async Task<HeldTransaction> NextAsync() => await _begun.Reader.ReadAsync(TestContext.Current.CancellationToken);

    /// <summary>Completes when <see cref="NextAsync"/> would not wait.</summary>
    public Task WhenBegun() => _begun.Reader.WaitToReadAsync(TestContext.Current.CancellationToken).AsTask();

    public async Task InsertAsync(IReadOnlyList<Note> rows, CancellationToken cancel)
    {
        var transaction = new HeldTransaction([.. rows.Select(static row => row.Text)]);
        _begun.Writer.TryWrite(transaction);
        await transaction.End;
        foreach (var row in rows)
        {
            row.Id = Interlocked.Increment(ref _lastId);
        }
    }

    public bool IsRefusal(Exception error) => error is FormatException;
}
