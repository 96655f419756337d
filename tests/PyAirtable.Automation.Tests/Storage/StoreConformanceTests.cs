using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using PyAirtable.Automation.Files;
using PyAirtable.Automation.Jobs;
using PyAirtable.Automation.Replies;
using PyAirtable.Automation.Storage;
using PyAirtable.Automation.TextExtraction;
using PyAirtable.Automation.Workflows;
using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Automation.Tests.Storage;

/// <summary>What both engines must do alike for files, workflows and executions, above all when two workers want the same row.</summary>
public abstract class StoreConformanceTests(DatabaseEngine engine, PostgresServer server) : IAsyncLifetime
{
    private static readonly DateTime Now = new DateTime(2025, 1, 15, 9, 31, 2, DateTimeKind.Utc).AddMicroseconds(417);
    private TestDatabase _storage = null!;

    private Database Database => _storage.Database;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _storage = await TestDatabase.CreateAsync(engine, server);
        var migrator = new Migrator(Database, NullLoggerFactory.Instance, TimeProvider.System);
        await migrator.ApplyAsync([new("automation", typeof(AutomationModule).Assembly, "Migrations/")], TextWriter.Null, Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _storage.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task File_Inserted_ReadsTheSame()
    {
        var stored = await AddFileAsync("a.txt");
        var found = await Files.FindAsync(stored.Id, Token);

        Assert.Equal(Json(stored), Json(found!));
        Assert.Equal(Json(stored), Json(Assert.Single(await Files.ListAsync(FileStatus.Uploaded, 0, 10, Token))));
    }

    [Fact]
    public async Task File_IdBeyondTheColumn_IsNotFound()
    {
        Assert.Null(await Files.FindAsync(long.MaxValue, Token));
        Assert.Null(await Files.DeleteAsync(long.MinValue, Now, Token));
        Assert.Null((await Files.BeginProcessingAsync(long.MaxValue, Now, Token)).File);
        Assert.Null(await Workflows.FindAsync(long.MaxValue, Token));
        Assert.Null(await Workflows.UpdateAsync(long.MaxValue, new WorkflowChange(), Now, Token));
        Assert.False(await Workflows.DeleteAsync(long.MaxValue, Token));
        Assert.Empty(await Executions.ListAsync(long.MaxValue, null, long.MaxValue, 10, Token));
        Assert.Equal($"Workflow {long.MaxValue} not found", (await Executions.TriggerAsync(long.MaxValue, "{}", Now, Token)).Refusal);
    }

    [Fact]
    public async Task File_ClaimedByOne_IsNotClaimedByAnotherUntilItsLeaseEnds()
    {
        await BeginFileAsync();
        var first = await ClaimFileAsync("one", Now);

        Assert.Null(await ClaimFileAsync("two", Now.AddSeconds(14)));
        var second = await ClaimFileAsync("two", Now.AddSeconds(16));
        Assert.Equal((first!.Id, "two"), (second!.Id, second.Owner));
        Assert.False(await Files.CompleteAsync(first, "late", "{}", Now, Token));
        Assert.False(await Files.RenewAsync(first, Now, Token));
        Assert.True(await Files.CompleteAsync(second, "text", """{"file_type":".txt"}""", Now, Token));
        Assert.Equal("text", await Files.FindContentAsync(first.Id, Token));
    }

    [Fact]
    public async Task File_InterruptedThreeTimes_Fails()
    {
        var id = await BeginFileAsync();
        for (var i = 0; i < 3; i++)
        {
            Assert.NotNull(await ClaimFileAsync($"w{i}", Now.AddMinutes(i)));
        }

        Assert.Null(await ClaimFileAsync("w4", Now.AddMinutes(4)));
        Assert.Equal(1, await Files.FailExhaustedAsync("given up", Now.AddMinutes(4), Token));
        Assert.Equal((FileStatus.Failed, "given up"), ((await Files.FindAsync(id, Token))!.Status, (await Files.FindAsync(id, Token))!.ProcessingError));
        Assert.True((await Files.BeginProcessingAsync(id, Now, Token)).Started);
    }

    [Fact]
    public async Task File_Released_IsClaimedAgainAndNotCounted()
    {
        await BeginFileAsync();
        for (var i = 0; i < 5; i++)
        {
            var job = await ClaimFileAsync($"w{i}", Now);
            Assert.True(await Files.ReleaseAsync(job!, Token));
        }
    }

    [Fact]
    public async Task File_DeletedWhileProcessed_TakesNoOutcome()
    {
        var id = await BeginFileAsync();
        var job = await ClaimFileAsync("one", Now);
        await Files.DeleteAsync(id, Now, Token);

        Assert.False(await Files.CompleteAsync(job!, "text", "{}", Now, Token));
        Assert.Equal(FileStatus.Deleted, (await Files.FindAsync(id, Token))!.Status);
    }

    [Fact]
    public async Task Claim_ManyWorkersAtOnce_EachExecutionExactlyOnceAndInOrder()
    {
        const int PerWorkflow = 12;
        for (var i = 0; i < 4; i++)
        {
            var workflow = await AddWorkflowAsync();
            for (var n = 0; n < PerWorkflow; n++)
            {
                await TriggerAsync(workflow);
            }
        }
        await using var other = _storage.Open();
        var claimed = new ConcurrentQueue<ExecutionJob>();
        var busy = new ConcurrentDictionary<int, bool>();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(w => Task.Run(async () =>
        {
            var jobs = new ExecutionJobStore(w % 2 == 0 ? Database : other);
            while (claimed.Count < 4 * PerWorkflow)
            {
                if (await jobs.ClaimAsync($"w{w}:{claimed.Count}", Now, Now.AddMinutes(1), Token) is { } job)
                {
                    Assert.True(busy.TryAdd(job.WorkflowId, true), "two executions of one workflow at once");
                    claimed.Enqueue(job);
                    busy.TryRemove(job.WorkflowId, out _);
                    await jobs.FinishAsync(job, new("{}", null), Now, Token);
                }
            }
        }, Token)));

        Assert.Equal(Enumerable.Range(1, 4 * PerWorkflow), claimed.Select(job => job.Id).Order());
        foreach (var workflow in claimed.GroupBy(job => job.WorkflowId))
        {
            Assert.Equal(workflow.Select(job => job.Id).Order(), workflow.Select(job => job.Id));
            Assert.Equal(PerWorkflow, (await Workflows.FindAsync(workflow.Key, Token))!.SuccessCount);
        }
    }

    [Fact]
    public async Task Execution_LeaseEnded_FailsOnceAndItsOwnerWritesNoMore()
    {
        var workflow = await AddWorkflowAsync();
        await TriggerAsync(workflow);
        var job = await Jobs.ClaimAsync("one", Now, Now.AddSeconds(15), Token);

        Assert.Equal(0, await Jobs.FailAbandonedAsync("gone", Now.AddSeconds(14), Token));
        Assert.Equal(1, await Jobs.FailAbandonedAsync("gone", Now.AddSeconds(16), Token));
        Assert.Equal(0, await Jobs.FailAbandonedAsync("gone", Now.AddSeconds(16), Token));
        await Assert.ThrowsAsync<LeaseLostException>(() => Jobs.FinishAsync(job!, new("{}", null), Now, Token));
        await Assert.ThrowsAsync<LeaseLostException>(() => Jobs.AppendLogAsync(job!, "late\n", Now, Token));
        Assert.False(await Jobs.RenewAsync(job!, Now.AddMinutes(9), Token));
        var execution = await Executions.FindAsync(job!.Id, Token);
        Assert.Equal((ExecutionStatus.Failed, "gone", 16.0), (execution!.Status, execution.ErrorMessage, execution.Duration));
        Assert.Equal("Workflow execution started\nWorkflow execution failed: gone\n", execution.Logs);
        var after = await Workflows.FindAsync(workflow, Token);
        Assert.Equal((1, 0, 1, (DateTime?)Now.AddSeconds(16)), (after!.ExecutionCount, after.SuccessCount, after.FailureCount, Utc(after.LastExecutionAt)));
    }

    [Fact]
    public async Task Workflow_DeletedWhileItRuns_TakesItsExecutionsAlong()
    {
        var workflow = await AddWorkflowAsync();
        await TriggerAsync(workflow);
        var job = await Jobs.ClaimAsync("one", Now, Now.AddSeconds(15), Token);

        Assert.True(await Workflows.DeleteAsync(workflow, Token));
        Assert.Null(await Executions.FindAsync(job!.Id, Token));
        await Assert.ThrowsAsync<LeaseLostException>(() => Jobs.FinishAsync(job, new("{}", null), Now, Token));
    }

    [Fact]
    public async Task Executions_Listed_AreFilteredAndNewestFirst()
    {
        var (one, two) = (await AddWorkflowAsync(), await AddWorkflowAsync());
        foreach (var workflow in (int[])[one, two, one])
        {
            await TriggerAsync(workflow);
        }
        await Jobs.ClaimAsync("w", Now, Now, Token);

        Assert.Equal([3, 2, 1], (await Executions.ListAsync(null, null, 0, 10, Token)).Select(e => e.Id));
        Assert.Equal([2], (await Executions.ListAsync(null, null, 1, 1, Token)).Select(e => e.Id));
        Assert.Equal([3, 2], (await Executions.ListAsync(null, ExecutionStatus.Pending, 0, 10, Token)).Select(e => e.Id));
        Assert.Equal([3, 1], (await Executions.ListAsync(one, null, 0, 10, Token)).Select(e => e.Id));
        Assert.Equal([1], (await Executions.ListAsync(one, ExecutionStatus.Running, 0, 10, Token)).Select(e => e.Id));
        Assert.Empty(await Executions.ListAsync(0, null, 0, 10, Token));
    }

    private FileStore Files => new(Database);

    private WorkflowStore Workflows => new(Database);

    private ExecutionStore Executions => new(Database);

    private ExecutionJobStore Jobs => new(Database);

    private static DateTime? Utc(DateTime? time) => time is { } value ? DateTime.SpecifyKind(value, DateTimeKind.Utc) : null;

    private static string Json(StoredFile file) => JsonReply.Text(((string?)null, file), FileJson.WriteReply);

    private Task<StoredFile> AddFileAsync(string name) => Files.InsertAsync(
        new StoredFile { Filename = Guid.NewGuid() + ".txt", OriginalFilename = name, FileSize = 5, MimeType = "text/plain", FileHash = new('0', 64), Status = FileStatus.Uploaded, CreatedAt = Now, UpdatedAt = Now },
        "/uploads/x",
        Token);

    private async Task<int> BeginFileAsync()
    {
        var file = await AddFileAsync("a.txt");
        await Files.BeginProcessingAsync(file.Id, Now, Token);
        return file.Id;
    }

    private Task<ExtractionJob?> ClaimFileAsync(string owner, DateTime now) => Files.ClaimAsync(owner, now, now + LeaseTerms.Length, Token);

    private async Task<int> AddWorkflowAsync() => (await Workflows.InsertAsync(new Workflow { Name = "w", CreatedAt = Now, UpdatedAt = Now }, Token)).Id;

    private async Task TriggerAsync(int workflow) => Assert.Null((await Executions.TriggerAsync(workflow, "{}", Now, Token)).Refusal);
}
