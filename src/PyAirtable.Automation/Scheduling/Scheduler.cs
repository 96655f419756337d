using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PyAirtable.Automation.Jobs;
using PyAirtable.Automation.Replies;
using PyAirtable.Automation.Storage;
using PyAirtable.Automation.Workflows;

namespace PyAirtable.Automation.Scheduling;

/// <summary>
/// Starts workflows at their times (automation contract 4). It sleeps until the next one, is woken when a workflow is changed, and looks
/// at the table every interval for what other processes planned. Any number of processes may do so: a planned time is taken by one.
/// </summary>
/// <param name="schedules">The workflows' times.</param>
/// <param name="changed">Tells of workflows that were added or changed.</param>
/// <param name="notices">Told of new executions.</param>
/// <param name="terms">When they run.</param>
/// <param name="clock">The clock.</param>
/// <param name="log">Where failures go.</param>
internal sealed partial class Scheduler(
    ScheduleStore schedules, WorkSignal changed, ExecutionNotices notices, ScheduleTerms terms, TimeProvider clock, ILogger log) : BackgroundService
{
    // A workflow that still runs when its time comes is looked at again this often.
    private static readonly TimeSpan Recheck = TimeSpan.FromSeconds(1);

    /// <summary>True while it looks for due workflows.</summary>
    public bool IsRunning => ExecuteTask is { IsCompleted: false };

    /// <summary>Starts what is due; how long until the next look.</summary>
    internal async Task<TimeSpan> PassAsync(CancellationToken cancel)
    {
        var now = WireTime.Now(clock);
        while (await StartDueAsync(now, cancel))
        {
            // There may be more than one look takes.
        }
        var (next, isHeldUp) = await schedules.NextAsync(now, cancel);
        var wait = next is { } time ? time - clock.GetUtcNow().UtcDateTime : terms.Interval;
        wait = isHeldUp && wait > Recheck ? Recheck : wait;
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait > terms.Interval ? terms.Interval : wait;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await changed.WaitAsync(await PassAsync(stoppingToken), stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                LogFailed(e);
                await Task.Delay(Recheck, clock, CancellationToken.None);
            }
        }
    }

    private async Task<bool> StartDueAsync(DateTime now, CancellationToken cancel)
    {
        var due = await schedules.ListDueAsync(now, cancel);
        var started = 0;
        foreach (var workflow in due)
        {
            var next = CronSchedule.TryParse(workflow.CronExpression)?.NextAfter(now, terms.Zone);
            var runs = terms.RunsMissed || now - workflow.NextRun <= terms.MissedAfter;
            started += await schedules.AdvanceAsync(workflow, next, runs, now, cancel) && runs ? 1 : 0;
        }
        if (started > 0)
        {
            notices.Work();
        }
        return due.Count == ScheduleStore.Batch;
    }

    [LoggerMessage(EventId = 70, Level = LogLevel.Warning, Message = "due workflows could not be looked for; tried again in a second")]
    private partial void LogFailed(Exception error);
}
