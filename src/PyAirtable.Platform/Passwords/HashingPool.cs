namespace PyAirtable.Platform.Passwords;

/// <summary>
/// Threads that do nothing but compute hashes, with a bounded queue before them. A hash takes a processor for a quarter of a
/// second; on the shared thread pool a storm of logins would hold up every other route. The threads start with the first hash. They
/// have processors only where nothing else wants them: a login waits gladly, a request that takes a millisecond does not. On a machine
/// that is never idle they would all but stand still, so one more thread, which has its small share at all times, takes over what they
/// do not get done.
/// </summary>
internal sealed class HashingPool(int threads, int capacity) : IAsyncDisposable
{
    // Several times what a hash takes on a processor of its own.
    private const int PatienceMilliseconds = 1000;
    private const int LookMilliseconds = 100;

    private readonly Lock _gate = new();
    private readonly Queue<HashingJob> _waiting = new();
    private readonly List<HashingJob> _running = [];
    private readonly SemaphoreSlim _work = new(0);
    private readonly ManualResetEventSlim _anyAdmitted = new();
    private bool _started;
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
            _anyAdmitted.Set();
        }

        try
        {
            return await EnqueueAsync(await find(), cancel);
        }
        finally
        {
            lock (_gate)
            {
                if (--_admitted == 0 && !_closed)
                {
                    _anyAdmitted.Reset();
                }
            }
        }
    }

    /// <summary>Ends the threads once what waits is done.</summary>
    public ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _closed = true;
            _anyAdmitted.Set();
        }

        _work.Release(threads);
        return ValueTask.CompletedTask;
    }

    private Task<T> EnqueueAsync<T>(Func<T> work, CancellationToken cancel)
    {
        var job = new HashingJob<T>(work, cancel);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            _waiting.Enqueue(job);
            StartThreads();
        }

        _work.Release();
        return job.Result;
    }

    private void StartThreads()
    {
        if (_started)
        {
            return;
        }

        _started = true;
        for (var i = 0; i < threads; i++)
        {
            Start("password hashing", Work);
        }

        Start("overdue hashing", WorkOnTheOverdue);
    }

    private static void Start(string name, ThreadStart work) =>
        new Thread(work, maxStackSize: 256 * 1024) { IsBackground = true, Name = name }.Start();

    private void Work()
    {
        Niceness.OnlyIdleProcessors();
        while (true)
        {
            _work.Wait();
            HashingJob? next;
            lock (_gate)
            {
                if (!_waiting.TryDequeue(out next))
                {
                    if (_closed)
                    {
                        return;
                    }

                    continue; // the other thread was first
                }

                next.Begin();
                _running.Add(next);
            }

            next.Run();
            lock (_gate)
            {
                _running.Remove(next);
            }
        }
    }

    private void WorkOnTheOverdue()
    {
        Niceness.Lower();
        while (true)
        {
            _anyAdmitted.Wait();
            if (Overdue() is { } job)
            {
                job.Run();
            }
            else if (_closed)
            {
                return;
            }
            else
            {
                Thread.Sleep(LookMilliseconds);
            }
        }
    }

    /// <summary>What the threads have begun and not done in time; once they are all held up, what waits for them.</summary>
    private HashingJob? Overdue()
    {
        lock (_gate)
        {
            foreach (var job in _running)
            {
                if (job.TryTakeOver(PatienceMilliseconds))
                {
                    return job;
                }
            }

            return _running.Count == threads && _running.TrueForAll(static job => job.IsTakenOver) && _waiting.TryDequeue(out var next) ? next : null;
        }
    }
}
