namespace PyAirtable.Platform.Tokens;

/// <summary>
/// Looks up the users of tokens, those of many requests in one query: most of what a query costs is the same for one row as for
/// thirty. A request that comes while no query is under way is looked up at once; while one is, the next gathers. A second query
/// beside the first makes both smaller, and costs more than it gains.
/// </summary>
/// <remarks>A query answers only what was asked before it began, so what was stored and acknowledged before a request came is seen.</remarks>
internal sealed class OwnerLookup(IOwnerStore store)
{
    /// <summary>Requests that wait at most: about a second's worth at full speed.</summary>
    public const int MaxWaiting = 16_384;

    /// <summary>Requests of one query at most.</summary>
    public const int MaxBatch = 256;

    private readonly Lock _gate = new();
    private readonly Queue<OwnerQuestion> _waiting = new();
    private bool _running;

    /// <summary>The user whom a token names, and whether the token is revoked; null where there is no such user.</summary>
    /// <exception cref="InvalidOperationException">Too many wait already.</exception>
    /// <exception cref="OperationCanceledException">This request need not be answered any more; the others of its query are.</exception>
    public Task<TokenOwner?> FindAsync(int userId, Guid tokenId, CancellationToken cancel)
    {
        var question = new OwnerQuestion(userId, tokenId);
        bool starts;
        lock (_gate)
        {
            if (_waiting.Count >= MaxWaiting)
            {
                throw new InvalidOperationException("Too many look-ups wait.");
            }

            _waiting.Enqueue(question);
            starts = !_running;
            _running = true;
        }

        if (starts)
        {
            // Not here: requests that were read together with this one then make it into the same query.
            ThreadPool.UnsafeQueueUserWorkItem(static lookup => _ = lookup.RunAsync(), this, preferLocal: false);
        }

        return question.Task.WaitAsync(cancel);
    }

    private async Task RunAsync()
    {
        while (TakeBatch() is { Length: > 0 } batch)
        {
            await AnswerAsync(batch);
        }
    }

    private OwnerQuestion[] TakeBatch()
    {
        lock (_gate)
        {
            var batch = new OwnerQuestion[Math.Min(_waiting.Count, MaxBatch)];
            for (var i = 0; i < batch.Length; i++)
            {
                batch[i] = _waiting.Dequeue();
            }

            _running = batch.Length > 0;
            return batch;
        }
    }

    private async Task AnswerAsync(OwnerQuestion[] batch)
    {
        try
        {
            var owners = await store.FindAsync(batch);
            for (var i = 0; i < batch.Length; i++)
            {
                batch[i].SetResult(owners[i]);
            }
        }
        catch (Exception error)
        {
            foreach (var question in batch)
            {
                question.SetException(error);
            }
        }
    }
}
