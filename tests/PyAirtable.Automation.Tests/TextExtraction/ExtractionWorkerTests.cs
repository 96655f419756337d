using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using PyAirtable.Automation.Jobs;

namespace PyAirtable.Automation.Tests.Jobs;

public sealed class JobWorkerTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly WorkSignal _signal = new();
    private readonly Queue _queue = new();

    public void Dispose() => _signal.Dispose();

    [Fact]
    public async Task Start_JobsWaiting_RunsAtMostSoManyAtOnce()
    {
        for (var i = 0; i < 5; i++)
        {
            _queue.Waiting.Enqueue($"job {i}");
        }
        await using var worker = Worker(parallel: 2, grace: Patience);
        await worker.StartAsync(CancellationToken.None);
        await _queue.Began.WaitAsync(Patience);
        await _queue.Began.WaitAsync(Patience);

        Assert.Equal(3, _queue.Waiting.Count);
        _queue.Finish.SetResult();
        for (var i = 0; i < 3; i++)
        {
            Assert.True(await _queue.Began.WaitAsync(Patience));
        }
        await worker.StopAsync(CancellationToken.None);
        Assert.Empty(_queue.HandedBack);
    }

    [Fact]
    public async Task Stop_GracePassed_HandsBackWhatRuns()
    {
        _queue.Waiting.Enqueue("long");
        _queue.Waiting.Enqueue("never begun");
        await using var worker = Worker(parallel: 1, grace: TimeSpan.Zero);
        await worker.StartAsync(CancellationToken.None);
        await _queue.Began.WaitAsync(Patience);

        await worker.StopAsync(CancellationToken.None);

        Assert.Equal(["long"], _queue.HandedBack);
        Assert.Equal(["never begun"], _queue.Waiting);
    }

    [Fact]
    public async Task Run_QueueFailsOnce_GoesOn()
    {
        _queue.Failures = 1;
        _queue.Waiting.Enqueue("job");
        _queue.Finish.SetResult();
        await using var worker = Worker(parallel: 1, grace: Patience);
        await worker.StartAsync(CancellationToken.None);

        Assert.True(await _queue.Began.WaitAsync(Patience));
        await worker.StopAsync(CancellationToken.None);
    }

    private JobWorker<string> Worker(int parallel, TimeSpan grace) => new(_queue, _signal, parallel, grace, TimeProvider.System, NullLogger.Instance);

    private sealed class Queue : IJobQueue<string>
    {
        public ConcurrentQueue<string> Waiting { get; } = new();

        public ConcurrentQueue<string> HandedBack { get; } = new();

        public SemaphoreSlim Began { get; } = new(0);

        public TaskCompletionSource Finish { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Failures { get; set; }

        public Task RecoverAsync(CancellationToken cancel) => Task.CompletedTask;

        public Task<string?> ClaimAsync(string owner, CancellationToken cancel)
        {
            if (Failures-- > 0)
            {
                throw new IOException("no connection");
            }
            return Task.FromResult(Waiting.TryDequeue(out var job) ? job : null);
        }

        public Task<bool> RenewAsync(string job, CancellationToken cancel) => Task.FromResult(true);

        public Task RunAsync(string job, CancellationToken cancel)
        {
            Began.Release();
            return Finish.Task.WaitAsync(cancel);
        }

        public Task HandBackAsync(string job, CancellationToken cancel)
        {
            HandedBack.Enqueue(job);
            return Task.CompletedTask;
        }
    }
}
