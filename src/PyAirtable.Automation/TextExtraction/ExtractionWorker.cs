using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PyAirtable.Automation.Jobs;

namespace PyAirtable.Automation.TextExtraction;

/// <summary>
/// Runs extractions, a bounded number at once. One loop claims: woken by the signal of a commit, or by its poll. Each that runs renews its
/// lease. At the stop nothing more is claimed, what runs gets a grace, and what is not done then is handed back.
/// </summary>
/// <param name="queue">Where jobs come from.</param>
/// <param name="signal">Tells of new jobs.</param>
/// <param name="parallel">Jobs that run at once, at least 1.</param>
/// <param name="grace">How long the stop waits for what runs.</param>
/// <param name="clock">The clock.</param>
/// <param name="log">Where failures go.</param>
internal sealed partial class ExtractionWorker(ExtractionQueue queue, WorkSignal signal, int parallel, TimeSpan grace, TimeProvider clock, ILogger log)
    : IHostedService, IAsyncDisposable
{
    private readonly string _process = Guid.NewGuid().ToString("N");
    private readonly SemaphoreSlim _slots = new(parallel, parallel);
    private readonly ConcurrentDictionary<long, Task> _running = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _cut = new();
    private Task _loop = Task.CompletedTask;
    private long _claims;
    private long _recoveredAt;

    /// <summary>True while it takes files.</summary>
    public bool IsRunning => _loop is { IsCompleted: false };

    /// <summary>Extractions that run now.</summary>
    public int Running => _running.Count;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _loop = Task.Run(LoopAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _loop;
        var rest = Task.WhenAll(_running.Values);
        try
        {
            await rest.WaitAsync(grace, clock, cancellationToken);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            LogCut(_running.Count);
        }
        await _cut.CancelAsync();
        await rest;
    }

    public ValueTask DisposeAsync()
    {
        _slots.Dispose();
        _stopping.Dispose();
        _cut.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task LoopAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await RecoverWhenDueAsync();
                if (await _slots.WaitAsync(LeaseTerms.Poll, _stopping.Token) && !await TryBeginAsync())
                {
                    await signal.WaitAsync(LeaseTerms.Poll, _stopping.Token);
                }
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                LogQueueFailed(e);
                await Task.Delay(LeaseTerms.Poll, clock, CancellationToken.None);
            }
        }
    }

    private async Task RecoverWhenDueAsync()
    {
        if (_recoveredAt == 0 || clock.GetElapsedTime(_recoveredAt) >= LeaseTerms.Renewal)
        {
            await queue.RecoverAsync(_stopping.Token);
            _recoveredAt = clock.GetTimestamp();
        }
    }

    // Takes over the slot, or gives it back when there is no job.
    private async Task<bool> TryBeginAsync()
    {
        ExtractionJob? job = null;
        try
        {
            var claim = ++_claims;
            // Once asked for, a claim is not called off: it could be granted and lost.
            job = await queue.ClaimAsync($"{_process}:{claim}", CancellationToken.None);
            if (job is not null)
            {
                var run = new Task<Task>(() => RunAsync(job, claim));
                _running[claim] = run.Unwrap();
                run.Start(TaskScheduler.Default);
            }
        }
        finally
        {
            if (job is null)
            {
                _slots.Release();
            }
        }
        return job is not null;
    }

    private async Task RunAsync(ExtractionJob job, long claim)
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(_cut.Token);
        var renewing = RenewAsync(job, cancel);
        try
        {
            await queue.RunAsync(job, cancel.Token);
        }
        catch (OperationCanceledException) when (_cut.IsCancellationRequested)
        {
            await HandBackAsync(job);
        }
        catch (Exception e) when (e is LeaseLostException || cancel.IsCancellationRequested)
        {
            LogLost(job);
        }
        catch (Exception e)
        {
            // Its outcome could not be stored. The lease ends by itself, and the job is recovered then.
            LogJobFailed(e, job);
        }
        await cancel.CancelAsync();
        await renewing;
        _running.TryRemove(claim, out _);
        _slots.Release();
    }

    private async Task RenewAsync(ExtractionJob job, CancellationTokenSource running)
    {
        try
        {
            while (true)
            {
                await Task.Delay(LeaseTerms.Renewal, clock, running.Token);
                if (!await TryRenewAsync(job, running.Token))
                {
                    await running.CancelAsync();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The job is done.
        }
    }

    private async Task<bool> TryRenewAsync(ExtractionJob job, CancellationToken cancel)
    {
        try
        {
            return await queue.RenewAsync(job, cancel);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogQueueFailed(e);
            return true;
        }
    }

    private async Task HandBackAsync(ExtractionJob job)
    {
        try
        {
            await queue.HandBackAsync(job, CancellationToken.None);
        }
        catch (Exception e)
        {
            LogJobFailed(e, job);
        }
    }

    [LoggerMessage(EventId = 50, Level = LogLevel.Warning, Message = "the job queue could not be read or written")]
    private partial void LogQueueFailed(Exception error);

    [LoggerMessage(EventId = 51, Level = LogLevel.Error, Message = "{Job} failed to store its outcome")]
    private partial void LogJobFailed(Exception error, ExtractionJob job);

    [LoggerMessage(EventId = 52, Level = LogLevel.Warning, Message = "{Job} lost its lease")]
    private partial void LogLost(ExtractionJob job);

    [LoggerMessage(EventId = 53, Level = LogLevel.Warning, Message = "{Count} running jobs are cut short by the stop")]
    private partial void LogCut(int count);
}
