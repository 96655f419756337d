using Microsoft.Extensions.Logging.Abstractions;
using PyAirtable.Automation.Storage;
using PyAirtable.Automation.Workflows;
using PyAirtable.Hosting.Data;
using PyAirtable.Hosting.Data.Copying;
using PyAirtable.Testing;

namespace PyAirtable.Automation.Tests.Storage;

/// <summary>Workflows that are moved from SQLite to PostgreSQL are found by their events there.</summary>
public sealed class MovedWorkflowTests(PostgresServer server)
{
    private static readonly DateTime Now = new(2025, 1, 15, 9, 31, 2, DateTimeKind.Utc);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Copy_WorkflowsWithTriggers_AreIndexedByTheTarget()
    {
        await using var source = await CreateAsync(DatabaseEngine.Sqlite);
        await using var target = await CreateAsync(DatabaseEngine.PostgreSql);
        var workflows = new WorkflowStore(source.Database);
        await workflows.InsertAsync(new Workflow { Name = "w", Triggers = """[{"type":"event","event":"a"}]""", CreatedAt = Now, UpdatedAt = Now }, Token);
        await CopyAsync(source, target);
        Assert.Equal(["a"], await new TriggerStore(target.Database).ListEventTypesAsync(Token));

        // Changed since, so copied anew.
        await workflows.UpdateAsync(1, new WorkflowChange { Triggers = """[{"type":"event","event":"b"}]""" }, Now.AddSeconds(1), TimeZoneInfo.Utc, Token);
        await CopyAsync(source, target);
        Assert.Contains("b", await new TriggerStore(target.Database).ListEventTypesAsync(Token));
    }

    private async Task<TestDatabase> CreateAsync(DatabaseEngine engine)
    {
        var storage = await TestDatabase.CreateAsync(engine, server);
        await new Migrator(storage.Database, NullLoggerFactory.Instance, TimeProvider.System)
            .ApplyAsync([new("automation", typeof(AutomationModule).Assembly, "Migrations/")], TextWriter.Null, Token);
        return storage;
    }

    private static Task CopyAsync(TestDatabase source, TestDatabase target) => new DatabaseCopy(source.Database, target.Database, TextWriter.Null, TimeProvider.System).RunAsync(Token);
}
