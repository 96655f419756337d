namespace PyAirtable.Platform.Passwords;

/// <summary>
/// Threads that do nothing but compute hashes, with a bounded queue before them. A hash takes a processor for a quarter of a
/// second; on the shared thread pool a storm of logins would hold up every other route. The threads start with the first hash. They
/// give way to all others, because there are as many as processors: a login waits gladly, a request that takes a millisecond does not.
/// </summary>
internal sealed class HashingPool(int threads, int capacity) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Queue<Action> _waiting = new();
    private readonly SemaphoreSlim _work = new(0);
    private readonly List<Thread> _threads = [];
    private int _admitted;
    private bool _closed;

    /// <summary>Hashes that wait for a thread now.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Runs the work on one of the threads. Work whose caller has gone is not begun.</summary>
    /// <exception cref="HashingBusyException">So much waits already that this would wait too long.</exception>
    public Task<T> RunAsync<T>(Func<T> work, CancellationToken cancel) => RunAsync(() => Task.FromResult(work), cancel);

    /// <summary>The same for work that has to be looked up first, which those who are refused do not get to.</summary>
    /// <exception cref="HashingBusyException">So much waits already that this would wait too long.</exception>
    public async Task<T> RunAsync<T>(Func<Task<Func<T>>> find, CancellationToken cancel)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            if (_admitted >= threads + capacity)
            {
                throw new HashingBusyException();
            }

            _admitted++;
        }

        try
        {
            return await EnqueueAsync(await find(), cancel);
        }
        finally
        {
            lock (_gate)
            {
                _admitted--;
            }
        }
    }

    /// <summary>Ends the threads once what waits is done.</summary>
    public ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _closed = true;
        }

        _work.Release(threads);
        return ValueTask.CompletedTask;
    }

    private Task<T> EnqueueAsync<T>(Func<T> work, CancellationToken cancel)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            _waiting.Enqueue(() => Complete(result, work, cancel));
            StartThreads();
        }

        _work.Release();
        return result.Task;
    }

    private static void Complete<T>(TaskCompletionSource<T> result, Func<T> work, CancellationToken cancel)
    {
        if (cancel.IsCancellationRequested)
        {
            result.SetCanceled(cancel);
            return;
        }

        try
        {
            result.SetResult(work());
        }
        catch (Exception error)
        {
            result.SetException(error);
        }
    }

    private void StartThreads()
    {
        while (_threads.Count < threads)
        {
            var thread = new Thread(Work, maxStackSize: 256 * 1024) { IsBackground = true, Name = "password hashing" };
            _threads.Add(thread);
            thread.Start();
        }
    }

    private void Work()
    {
        Niceness.Lower();
        while (true)
        {
            _work.Wait();
            Action? next;
            lock (_gate)
            {
                _waiting.TryDequeue(out next);
            }

            if (next is null)
            {
                return;
            }

            next();
        }
    }
}
