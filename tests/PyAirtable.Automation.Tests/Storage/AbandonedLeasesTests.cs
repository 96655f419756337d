using Microsoft.Extensions.Logging.Abstractions;
using PyAirtable.Automation.Files;
using PyAirtable.Automation.Replies;
using PyAirtable.Automation.Storage;
using PyAirtable.Automation.Workflows;
using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Automation.Tests.Storage;

public sealed class AbandonedLeasesTests(PostgresServer server)
{
    private static readonly DateTime Now = WireTime.Now(TimeProvider.System);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_NobodyElse_EndsLeasesThatWouldStillHold()
    {
        await using var storage = await CreateAsync(DatabaseEngine.Sqlite);
        await LeaseAsync(storage.Database);
        await using var leases = new AbandonedLeases(storage.Database, TimeProvider.System);

        await leases.StartAsync(Token);

        Assert.Equal((1, true), await SettleAsync(storage.Database));
    }

    [Fact]
    public async Task Start_AnotherIsThere_LeavesItsLeases()
    {
        await using var storage = await CreateAsync(DatabaseEngine.Sqlite);
        await using var second = new AbandonedLeases(storage.Database, TimeProvider.System);
        await using (var first = new AbandonedLeases(storage.Database, TimeProvider.System))
        {
            await first.StartAsync(Token);
            await LeaseAsync(storage.Database);
            await second.StartAsync(Token);
            Assert.Equal((0, false), await SettleAsync(storage.Database));
        }

        // The first is gone, the second is not.
        await using (var third = new AbandonedLeases(storage.Database, TimeProvider.System))
        {
            await third.StartAsync(Token);
            Assert.Equal((0, false), await SettleAsync(storage.Database));
        }
        await second.DisposeAsync();
        await using var last = new AbandonedLeases(storage.Database, TimeProvider.System);
        await last.StartAsync(Token);
        Assert.Equal((1, true), await SettleAsync(storage.Database));
    }

    [Fact]
    public async Task Start_PostgreSql_LeavesLeasesToRunOut()
    {
        await using var storage = await CreateAsync(DatabaseEngine.PostgreSql);
        await LeaseAsync(storage.Database);
        await using var leases = new AbandonedLeases(storage.Database, TimeProvider.System);

        await leases.StartAsync(Token);

        Assert.Equal((0, false), await SettleAsync(storage.Database));
    }

    private async Task<TestDatabase> CreateAsync(DatabaseEngine engine)
    {
        var storage = await TestDatabase.CreateAsync(engine, server);
        await new Migrator(storage.Database, NullLoggerFactory.Instance, TimeProvider.System)
            .ApplyAsync([new("automation", typeof(AutomationModule).Assembly, "Migrations/")], TextWriter.Null, Token);
        return storage;
    }

    // A run that has begun and a file, held for an hour.
    private static async Task LeaseAsync(Database database)
    {
        var until = Now.AddHours(1);
        var commits = new ExecutionCommits(IExecutionBatches.For(database), TimeProvider.System);
        var workflow = await new WorkflowStore(database).InsertAsync(new Workflow { Name = "w", CreatedAt = Now, UpdatedAt = Now }, Token);
        await new ExecutionStore(database, commits).TriggerAsync(workflow.Id, "{}", Now, Token);
        var claim = new ClaimWrite("killed", [workflow.Id], _ => 1, () => 1, Now, until);
        await commits.AddAsync(claim);
        await commits.AddAsync(new RunWrite(claim.Jobs[0], Now, "", [], outcome: null, Now));
        var files = new FileStore(database);
        var file = await files.InsertAsync(
            new StoredFile { Filename = "a.txt", OriginalFilename = "a.txt", MimeType = "", FileHash = "", Status = FileStatus.Uploaded, CreatedAt = Now, UpdatedAt = Now }, "a.txt", Token);
        await files.BeginProcessingAsync(file.Id, Now, Token);
        Assert.NotNull(await files.ClaimAsync("killed", Now, until, Token));
    }

    // How many runs could be ended, and whether the file could be claimed.
    private static async Task<(int Runs, bool File)> SettleAsync(Database database)
    {
        var now = WireTime.Now(TimeProvider.System);
        return (await new ExecutionJobStore(database).EndAbandonedAsync("gone", now, Token), await new FileStore(database).ClaimAsync("next", now, now, Token) is not null);
    }
}
