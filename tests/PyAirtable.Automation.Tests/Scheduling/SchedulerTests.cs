using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using PyAirtable.Automation.Jobs;
using PyAirtable.Automation.Scheduling;
using PyAirtable.Automation.Storage;
using PyAirtable.Automation.Workflows;
using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Automation.Tests.Scheduling;

/// <summary>When workflows start by themselves, the same on both engines of the database.</summary>
public abstract class SchedulerTests(DatabaseEngine engine, PostgresServer server) : IAsyncLifetime
{
    private static readonly DateTime Start = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);

    private readonly ManualTime _clock = new();
    private readonly WorkSignal _work = new();
    private readonly WorkSignal _planned = new();
    private TestDatabase _storage = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _clock.Advance(Start - _clock.GetUtcNow().UtcDateTime);
        _storage = await TestDatabase.CreateAsync(engine, server);
        await new Migrator(_storage.Database, NullLoggerFactory.Instance, TimeProvider.System)
            .ApplyAsync([new("automation", typeof(AutomationModule).Assembly, "Migrations/")], TextWriter.Null, Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _storage.DisposeAsync();
        _work.Dispose();
        _planned.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    [Contract("D11", "9.15")]
    public async Task Pass_TimeHasCome_AddsOneRunAndPlansTheNext()
    {
        var workflow = await AddAsync("*/10 * * * *");
        using var scheduler = Scheduler();

        Assert.Equal(TimeSpan.FromMinutes(1), await scheduler.PassAsync(Token));
        Assert.Empty(await RunsAsync(workflow));

        _clock.Advance(TimeSpan.FromMinutes(9) + TimeSpan.FromSeconds(30));
        Assert.Equal(TimeSpan.FromSeconds(30), await scheduler.PassAsync(Token));
        _clock.Advance(TimeSpan.FromSeconds(30));
        await scheduler.PassAsync(Token);
        await scheduler.PassAsync(Token);

        var run = Assert.Single(await RunsAsync(workflow));
        Assert.Equal(("PENDING", "scheduled", """{"cron_expression":"*/10 * * * *"}"""), (run.Status, run.TriggerType, run.TriggerData));
        Assert.Equal(Start.AddMinutes(20), (await WorkflowStore.FindAsync(workflow, Token))!.NextRun);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task Pass_ManyTimesMissed_RunsOnceOrNotAtAll(bool runsMissed, int expected)
    {
        var workflow = await AddAsync("0 * * * *");
        using var scheduler = Scheduler(runsMissed);
        _clock.Advance(TimeSpan.FromHours(26) + TimeSpan.FromMinutes(7));

        await scheduler.PassAsync(Token);

        Assert.Equal(expected, (await RunsAsync(workflow)).Count);
        Assert.Equal(Start.AddHours(27), (await WorkflowStore.FindAsync(workflow, Token))!.NextRun);
    }

    [Fact]
    public async Task Pass_LateWithinALook_IsNotMissed()
    {
        var workflow = await AddAsync("0 * * * *");
        using var scheduler = Scheduler(runsMissed: false);
        _clock.Advance(TimeSpan.FromHours(1) + TimeSpan.FromSeconds(62));

        await scheduler.PassAsync(Token);

        Assert.Single(await RunsAsync(workflow));
    }

    [Fact]
    [Contract("9.15")]
    public async Task Pass_WorkflowStillRuns_WaitsForItsEnd()
    {
        var workflow = await AddAsync("0 * * * *");
        await ExecuteAsync($"""
            INSERT INTO workflow_executions (workflow_id, status, trigger_type, trigger_data, result, created_at, updated_at, lease_owner)
            VALUES ({workflow}, 'RUNNING', 'manual', '{"{}"}', '{"{}"}', '{Text(Start)}', '{Text(Start)}', 'somebody')
            """);
        using var scheduler = Scheduler();
        _clock.Advance(TimeSpan.FromMinutes(61));

        Assert.Equal(TimeSpan.FromSeconds(1), await scheduler.PassAsync(Token));
        Assert.Single(await RunsAsync(workflow));
        Assert.Equal(Start.AddHours(1), (await WorkflowStore.FindAsync(workflow, Token))!.NextRun);

        await ExecuteAsync("UPDATE workflow_executions SET status = 'COMPLETED', lease_owner = NULL");
        await scheduler.PassAsync(Token);
        Assert.Equal(2, (await RunsAsync(workflow)).Count);
    }

    [Theory]
    [Contract("D12")]
    [InlineData("UPDATE workflows SET status = 'PAUSED'")]
    [InlineData("UPDATE workflows SET is_enabled = false")]
    [InlineData("UPDATE workflows SET cron_expression = NULL, next_run = NULL")]
    public async Task Pass_WorkflowIsOff_StartsNothing(string change)
    {
        var workflow = await AddAsync("0 * * * *");
        await ExecuteAsync(change);
        using var scheduler = Scheduler();
        _clock.Advance(TimeSpan.FromHours(2));

        Assert.Equal(TimeSpan.FromMinutes(1), await scheduler.PassAsync(Token));
        Assert.Empty(await RunsAsync(workflow));
    }

    [Fact]
    [Contract("D13")]
    public async Task Pass_SeveralSchedulersAtOnce_StartEachPlannedTimeOnce()
    {
        var workflows = new List<int>();
        for (var i = 0; i < 120; i++)
        {
            workflows.Add(await AddAsync("* * * * * */5"));
        }
        for (var round = 1; round <= 3; round++)
        {
            _clock.Advance(TimeSpan.FromSeconds(5));
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
            {
                using var scheduler = Scheduler();
                await scheduler.PassAsync(Token);
            })));
            foreach (var workflow in workflows)
            {
                Assert.Equal(round, (await RunsAsync(workflow)).Count);
            }
        }
    }

    [Fact]
    public async Task Start_WorkflowAddedLater_WakesItInTime()
    {
        using var scheduler = new Scheduler(
            new ScheduleStore(_storage.Database), _planned, new ExecutionNotices(_work), Terms(runsMissed: true), TimeProvider.System, NullLogger.Instance);
        await scheduler.StartAsync(Token);
        var now = DateTime.UtcNow;
        var workflow = await AddAsync("* * * * * *", now);
        _planned.Notify();

        await _work.WaitAsync(TimeSpan.FromSeconds(30), Token);

        Assert.NotEmpty(await RunsAsync(workflow));
        Assert.True(scheduler.IsRunning);
        await scheduler.StopAsync(Token);
        Assert.False(scheduler.IsRunning);
    }

    [Fact]
    [Contract("9.15")]
    public async Task Sweep_MoreThanAreKept_DeletesTheOldestThatHaveEnded()
    {
        var workflow = await AddAsync(null);
        for (var i = 0; i < HistorySweep.Batch + 20; i++)
        {
            var status = i == 3 ? "PENDING" : "COMPLETED";
            await ExecuteAsync($"""
                INSERT INTO workflow_executions (workflow_id, status, trigger_type, trigger_data, result, created_at, updated_at)
                VALUES ({workflow}, '{status}', 'manual', '{"{}"}', '{"{}"}', '{Text(Start.AddSeconds(i))}', '{Text(Start)}')
                """);
        }
        var sweep = new HistorySweep(new HistoryStore(_storage.Database), Terms(runsMissed: true), _clock, NullLogger.Instance);

        Assert.Equal(HistorySweep.Batch + 20 - 10 - 1, await sweep.SweepAsync(Token));
        Assert.Equal(0, await sweep.SweepAsync(Token));

        var left = await RunsAsync(workflow);
        Assert.Equal(11, left.Count);
        Assert.Single(left, run => run.Status == "PENDING");
        Assert.Equal(Start.AddSeconds(HistorySweep.Batch + 19), left.Max(run => run.CreatedAt));
    }

    private static ScheduleTerms Terms(bool runsMissed) => new(TimeSpan.FromMinutes(1), TimeZoneInfo.Utc, runsMissed, KeptExecutions: 10);

    private WorkflowStore WorkflowStore => new(_storage.Database);

    private Scheduler Scheduler(bool runsMissed = true) =>
        new(new ScheduleStore(_storage.Database), _planned, new ExecutionNotices(_work), Terms(runsMissed), _clock, NullLogger.Instance);

    private async Task<int> AddAsync(string? cron, DateTime? at = null)
    {
        var now = at ?? Start;
        return (await WorkflowStore.InsertAsync(
            new Workflow { Name = "w", CronExpression = cron, NextRun = CronSchedule.TryParse(cron)?.NextAfter(now, TimeZoneInfo.Utc), CreatedAt = now, UpdatedAt = now }, Token)).Id;
    }

    private Task<List<Execution>> RunsAsync(int workflow) =>
        new ExecutionStore(_storage.Database, new ExecutionCommits(IExecutionBatches.For(_storage.Database), _clock)).ListAsync(workflow, null, 0, 1000, Token);

    private Task<int> ExecuteAsync(string sql) => _storage.Database.WriteAsync(
        async (connection, transaction, token) =>
        {
            await using var command = connection.CreateCommand();
            (command.CommandText, command.Transaction) = (sql, transaction);
            return await command.ExecuteNonQueryAsync(token);
        },
        Token);

    private string Text(DateTime time) => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + (engine == DatabaseEngine.PostgreSql ? "+00" : "");
}
