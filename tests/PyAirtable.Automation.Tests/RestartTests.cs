using Microsoft.Extensions.Logging.Abstractions;
using PyAirtable.Automation.Files;
using PyAirtable.Automation.Storage;
using PyAirtable.Automation.Workflows;
using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Automation.Tests;

/// <summary>What a process that was killed leaves in the database is settled by the next one.</summary>
public sealed class RestartTests(PostgresServer server)
{
    // On SQLite the leases of a killed process need not have run out.
    [Theory]
    [Contract("D9", "D37", "8.2 found at start", "8.2 files", "9.16")]
    [InlineData(DatabaseEngine.Sqlite, 60)]
    [InlineData(DatabaseEngine.PostgreSql, 0)]
    public async Task Start_AfterKill_SettlesWhatWasUnderWay(DatabaseEngine engine, int minutes)
    {
        var token = TestContext.Current.CancellationToken;
        await using var host = await AutomationHost.CreateAsync(engine, server);
        await new Migrator(host.Database, NullLoggerFactory.Instance, TimeProvider.System)
            .ApplyAsync([new("automation", typeof(AutomationModule).Assembly, "Migrations/")], TextWriter.Null, token);

        // A process that claimed, and never came back: a run that it had begun, one that it had not, and a file. One more run, and a file, wait.
        var now = DateTime.SpecifyKind(DateTime.UtcNow.AddMinutes(-5), DateTimeKind.Utc);
        var until = now.AddMinutes(minutes);
        var files = new FileStore(host.Database);
        foreach (var name in (string[])["00000000-0000-4000-8000-000000000001.txt", "00000000-0000-4000-8000-000000000002.csv"])
        {
            await File.WriteAllTextAsync(Path.Combine(host.Uploads, name), "a,b\n1,2\n", token);
            var file = await files.InsertAsync(new StoredFile { Filename = name, OriginalFilename = name, MimeType = "", FileHash = "", Status = FileStatus.Uploaded, CreatedAt = now, UpdatedAt = now }, name, token);
            await files.BeginProcessingAsync(file.Id, now, token);
        }
        await files.ClaimAsync("dead:1", now, until, token);
        var workflow = await new WorkflowStore(host.Database).InsertAsync(new Workflow { Name = "w", CreatedAt = now, UpdatedAt = now }, token);
        var commits = new ExecutionCommits(IExecutionBatches.For(host.Database), TimeProvider.System);
        for (var i = 0; i < 3; i++)
        {
            await new ExecutionStore(host.Database, commits).TriggerAsync(workflow.Id, "{}", now, token);
        }
        var claim = new ClaimWrite("dead", [workflow.Id], _ => 2, () => 2, now, until);
        await commits.AddAsync(claim);
        await commits.AddAsync(new RunWrite(claim.Jobs[0], now, "begun\n", [], outcome: null, now));

        await host.StartAsync();

        var interrupted = await host.WaitAsync("/executions/1", "execution", "failed", "completed");
        Assert.Equal("Execution interrupted by service restart", interrupted.GetProperty("error_message").GetString());
        await host.WaitAsync("/executions/2", "execution", "completed");
        await host.WaitAsync("/executions/3", "execution", "completed");
        await host.WaitAsync("/files/1", "file", "processed");
        await host.WaitAsync("/files/2", "file", "processed");
        var after = (await host.ReadAsync("GET", "/workflows/1")).GetProperty("workflow");
        Assert.Equal((3, 2, 1), (after.GetProperty("execution_count").GetInt32(), after.GetProperty("success_count").GetInt32(), after.GetProperty("failure_count").GetInt32()));
    }

    [Fact]
    [Contract("D35")]
    public async Task Start_AfterStop_KeepsEverything()
    {
        await using var host = await AutomationHost.StartAsync(DatabaseEngine.Sqlite, server);
        var file = await host.UploadedAsync("a.txt", "hello");
        await host.ReadAsync("POST", "/workflows", """{"name":"w"}""");
        await host.StopAsync();
        await host.StartAsync();

        Assert.Equal(file.GetRawText(), (await host.ReadAsync("GET", "/files/1")).GetProperty("file").GetRawText());
        await host.ReadAsync("POST", "/workflows/1/trigger", "{}");
        await host.WaitAsync("/executions/1", "execution", "completed");
    }
}
