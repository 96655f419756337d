using System.Text;
using PyAirtable.Automation.Storage;
using PyAirtable.Automation.Workflows;
using PyAirtable.Hosting.Events;

namespace PyAirtable.Automation.Tests.Storage;

/// <summary>The index by which events find workflows. It is kept by the database, for other programs write workflows too.</summary>
public abstract partial class StoreConformanceTests
{
    [Theory]
    [InlineData("[]", "")]
    [InlineData("""[{}]""", "")]
    [InlineData("""[{"type":"cron"},{"type":5},{"type":null},{"type":{"type":"event"}}]""", "")]
    [InlineData("""[{"type":"file_upload"}]""", "file_upload:")]
    [InlineData("""[{"type": "file_processed", "max_file_size": 5}, {"type": "file_processed"}]""", "file_processed:")]
    [InlineData("""[{"type":"file_upload","file_extensions":[".pdf",".txt",".pdf",5,null]}]""", "file_upload:.pdf file_upload:.txt")]
    [InlineData("""[{"type":"file_upload","file_extensions":[]}]""", "")]
    [InlineData("""[{"type":"file_upload","file_extensions":".txt"}]""", "file_upload:")]
    [InlineData("""[{"type":"file_upload","file_extensions":[".\u00fc"]}]""", "file_upload:")]
    [InlineData("""[{"type":"event","event":"user.registered"},{"type":"event","event":"A_b-1"}]""", "event:A_b-1 event:user.registered")]
    [InlineData("""[{"type":"event"},{"type":"event","event":5}]""", "")]
    [InlineData("""[{"type":"event","event":"two words"}]""", "event:")]
    [InlineData("""[5,"file_upload",[{"type":"file_upload"}],{"type":"file_upload"}]""", "file_upload:")]
    [InlineData("""{"type":"file_upload"}""", "")]
    [InlineData("null", "")]
    public async Task TriggerIndex_Triggers_HasWhatMayMatch(string triggers, string expected)
    {
        var workflow = (await Workflows.InsertAsync(new Workflow { Name = "w", Triggers = triggers, CreatedAt = Now, UpdatedAt = Now }, Token)).Id;

        Assert.Equal(expected, await TriggerIndexAsync(workflow));
    }

    [Fact]
    public async Task TriggerIndex_TextOfManyCharacters_IsFoundByEveryEvent()
    {
        var workflow = (await Workflows.InsertAsync(
            new Workflow { Name = "w", Triggers = $$"""[{"type":"event","event":"{{new string('x', 101)}}"}]""", CreatedAt = Now, UpdatedAt = Now }, Token)).Id;

        Assert.Equal("event:", await TriggerIndexAsync(workflow));
    }

    // What this service's own routes refuse, another program may have written.
    [Fact]
    public async Task TriggerIndex_TextWithNul_StillStartsTheWorkflow()
    {
        await Workflows.InsertAsync(new Workflow { Name = "w", Triggers = """[{"type":"file_upload","note":"\u0000"}]""", CreatedAt = Now, UpdatedAt = Now }, Token);

        await AddFileAsync("a.txt");

        Assert.Single(await Executions.ListAsync(null, null, 0, 10, Token));
    }

    [Fact]
    public async Task TriggerIndex_RowsOfAnotherProgram_AreFollowed()
    {
        await RunAsync($"""
            INSERT INTO workflows (id, name, config, triggers, status, is_enabled, created_at, updated_at)
            VALUES (7, 'w', '{"{}"}', '{"""[{"type": "file_upload", "file_extensions": [".txt"]}]"""}', 'ACTIVE', true, '2025-01-15 09:00:00.000000', '2025-01-15 09:00:00.000000')
            """);
        await AddFileAsync("a.txt");
        await AddFileAsync("a.pdf");
        Assert.Single(await Executions.ListAsync(7, null, 0, 10, Token));

        await RunAsync("""UPDATE workflows SET name = 'v', triggers = '[{"type": "file_upload", "file_extensions": [".pdf"]}]' WHERE id = 7""");
        await AddFileAsync("a.txt");
        await AddFileAsync("a.pdf");
        Assert.Equal(2, (await Executions.ListAsync(7, null, 0, 10, Token)).Count);

        await RunAsync("DELETE FROM workflows WHERE id = 7");
        Assert.Equal("", await TriggerIndexAsync(7));
        await AddFileAsync("a.pdf");
        Assert.Empty(await Executions.ListAsync(null, null, 0, 10, Token));
    }

    [Fact]
    public async Task TriggerIndex_CountersOfRuns_LeaveItAsItIs()
    {
        var workflow = (await Workflows.InsertAsync(new Workflow { Name = "w", Triggers = """[{"type":"file_upload"}]""", CreatedAt = Now, UpdatedAt = Now }, Token)).Id;
        await RunAsync("DELETE FROM workflow_trigger_index");
        await TriggerAsync(workflow);
        await WriteAsync(End(Assert.Single((await ClaimAsync("one", Now)).Jobs), Now));

        Assert.Equal("", await TriggerIndexAsync(workflow));
        await Workflows.UpdateAsync(workflow, new WorkflowChange { Name = "x" }, Now, TimeZoneInfo.Utc, Token);
        Assert.Equal("file_upload:", await TriggerIndexAsync(workflow));
    }

    [Theory]
    [InlineData("user.registered", 1)]
    [InlineData("two words", 1)]
    [InlineData("user", 0)]
    public async Task Event_AmongOthers_StartsWhoWaitsForIt(string type, int expected)
    {
        foreach (var awaited in (string[])["user.registered", "two words", "user.deleted"])
        {
            await Workflows.InsertAsync(new Workflow { Name = "w", Triggers = $$"""[{"type":"event","event":"{{awaited}}"}]""", CreatedAt = Now, UpdatedAt = Now }, Token);
        }
        var store = new TriggerStore(Database);

        Assert.Equal(["", "user.deleted", "user.registered"], (await store.ListEventTypesAsync(Token)).Order(StringComparer.Ordinal));
        Assert.Equal(expected, await store.AddAsync(EventEnvelope.Create(type, "test", Encoding.UTF8.GetBytes("{}"), TimeProvider.System), Now, Token));
    }

    private async Task<string> TriggerIndexAsync(int workflow)
    {
        await using var connection = await Database.OpenAsync(Token);
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT event || ':' || detail FROM workflow_trigger_index WHERE workflow_id = {workflow}";
        var rows = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(Token);
        while (await reader.ReadAsync(Token))
        {
            rows.Add(reader.GetString(0));
        }
        return string.Join(' ', rows.Order(StringComparer.Ordinal));
    }

    private Task<int> RunAsync(string sql) => Database.WriteAsync(
        async (connection, transaction, token) =>
        {
            await using var command = connection.CreateCommand();
            (command.CommandText, command.Transaction) = (sql, transaction);
            return await command.ExecuteNonQueryAsync(token);
        },
        Token);
}
