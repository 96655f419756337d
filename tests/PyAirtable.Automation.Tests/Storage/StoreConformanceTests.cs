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
public abstract partial class StoreConformanceTests(DatabaseEngine engine, PostgresServer server) : IAsyncLifetime
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
    [Contract("D26")]
    public async Task File_IdBeyondTheColumn_IsNotFound()
    {
        Assert.Null(await Files.FindAsync(long.MaxValue, Token));
        Assert.Null(await Files.DeleteAsync(long.MinValue, Now, Token));
        Assert.Null((await Files.BeginProcessingAsync(long.MaxValue, Now, Token)).File);
        Assert.Null(await Workflows.FindAsync(long.MaxValue, Token));
        Assert.Null(await Workflows.UpdateAsync(long.MaxValue, new WorkflowChange(), Now, TimeZoneInfo.Utc, Token));
        Assert.False(await Workflows.DeleteAsync(long.MaxValue, Token));
        Assert.Empty(await Executions.ListAsync(long.MaxValue, null, long.MaxValue, 10, Token));
        Assert.Equal($"Workflow {long.MaxValue} not found", (await Executions.TriggerAsync(long.MaxValue, "{}", Now, Token)).Refusal);
    }

    [Fact]
    [Contract("D30", "D37", "8.2 files")]
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
    [Contract("8.2 files")]
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
    public async Task Executions_Listed_AreFilteredAndNewestFirst()
    {
        var (one, two) = (await AddWorkflowAsync(), await AddWorkflowAsync());
        foreach (var workflow in (int[])[one, two, one])
        {
            await TriggerAsync(workflow);
        }
        await WriteAsync(Begin((await ClaimAsync("w", Now)).Jobs[0]));

        Assert.Equal([3, 2, 1], (await Executions.ListAsync(null, null, 0, 10, Token)).Select(e => e.Id));
        Assert.Equal([2], (await Executions.ListAsync(null, null, 1, 1, Token)).Select(e => e.Id));
        Assert.Equal([3, 2], (await Executions.ListAsync(null, ExecutionStatus.Pending, 0, 10, Token)).Select(e => e.Id));
        Assert.Equal([3, 1], (await Executions.ListAsync(one, null, 0, 10, Token)).Select(e => e.Id));
        Assert.Equal([1], (await Executions.ListAsync(one, ExecutionStatus.Running, 0, 10, Token)).Select(e => e.Id));
        Assert.Empty(await Executions.ListAsync(0, null, 0, 10, Token));
    }

    private FileStore Files => new(Database);

    private WorkflowStore Workflows => new(Database);

    private ExecutionStore Executions => new(Database, Commits(Database));

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
