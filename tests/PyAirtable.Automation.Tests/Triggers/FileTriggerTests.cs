using System.Text.Json;
using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Automation.Tests.Triggers;

/// <summary>Files that start workflows, and the step that processes them, over the routes.</summary>
public abstract class FileTriggerTests(DatabaseEngine engine, PostgresServer server) : IAsyncLifetime
{
    private AutomationHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await AutomationHost.StartAsync(engine, server);

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return _host.DisposeAsync();
    }

    [Fact]
    [Contract("D8", "D10", "D31", "9.12")]
    public async Task Upload_Matches_StartsEachWorkflowOnceAndRunsIt()
    {
        await CreateAsync("""[{"type":"file_upload"},{"type":"file_upload","file_extensions":[".txt"]}]""", """[{"type":"log","message":"{filename} {file_id} {triggered_file_id} {file_size} {mime_type} {content}"}]""");
        await CreateAsync("""[{"type":"file_upload","max_file_size":"broken"},{"type":"file_upload"}]""", "[]");
        await CreateAsync("""[{"type":"file_upload","file_extensions":[".pdf"]}]""", "[]");
        await CreateAsync("""[{"type":"file_processed"}]""", "[]");
        await CreateAsync("""[{"type":"file_upload"}]""", "[]", """{"status":"paused"}""");
        await CreateAsync("""[{"type":"file_upload"}]""", "[]", """{"is_enabled":false}""");

        await _host.UploadedAsync("dir/ü.txt", "hello");

        var first = await _host.WaitAsync("/executions/1", "execution", "completed", "failed");
        await _host.WaitAsync("/executions/2", "execution", "completed");
        Assert.Equal(
            (1, "file_upload", 1, """{"file_id":1,"filename":"dir/ü.txt","file_size":5,"mime_type":"text/plain"}"""),
            (first.GetProperty("workflow_id").GetInt32(), first.GetProperty("trigger_type").GetString(), first.GetProperty("triggered_file_id").GetInt32(), first.GetProperty("trigger_data").GetRawText()));
        Assert.Equal("dir/ü.txt 1 1 5 text/plain {content}", Message(first, 0));
        Assert.Equal("2 1", await WorkflowsAsync());
    }

    [Fact]
    [Contract("D8", "D10", "9.12")]
    public async Task Processed_Matches_StartsOnceWithTheText()
    {
        await CreateAsync("""[{"type":"file_processed","mime_types":["text/plain"]}]""", """[{"type":"log","message":"{content}"}]""");
        await _host.UploadedAsync("a.txt", "hello");
        await _host.UploadedAsync("b.pdf", "junk");
        Assert.Equal("", await WorkflowsAsync());

        foreach (var id in (int[])[1, 2, 1])
        {
            await _host.ReadAsync("POST", $"/files/process/{id}");
            await _host.WaitAsync($"/files/{id}", "file", "processed", "failed");
        }

        var run = await _host.WaitAsync("/executions/1", "execution", "completed", "failed");
        Assert.Equal(("file_processed", 1, "hello"), (run.GetProperty("trigger_type").GetString(), run.GetProperty("triggered_file_id").GetInt32(), Message(run, 0)));
        Assert.Equal("1", await WorkflowsAsync());
    }

    [Fact]
    [Contract("D10", "9.10")]
    public async Task FileProcess_TriggeringFile_IsExtractedAndStartsOthers()
    {
        await CreateAsync("""[{"type":"file_upload"}]""", """[{"type":"file_process"},{"type":"log","message":"{content}!"},{"type":"file_process","file_id":"{file_id}"}]""");
        await CreateAsync("""[{"type":"file_processed"}]""", "[]");
        await _host.UploadedAsync("a.txt", "h€llo 😀");

        var run = await _host.WaitAsync("/executions/1", "execution", "completed", "failed");

        const string Processed = """{"file_id":1,"status":"processed","content_length":7,"metadata":{"file_type":".txt","encoding":"utf-8","character_count":7,"line_count":1}}""";
        Assert.Equal([Processed, Processed], [Result(run, 0).GetRawText(), Result(run, 2).GetRawText()]);
        Assert.Equal("h€llo 😀!", Message(run, 1));
        var file = (await _host.ReadAsync("GET", "/files/1")).GetProperty("file");
        Assert.Equal((JsonValueKind.Null, JsonValueKind.String), (file.GetProperty("processing_started_at").ValueKind, file.GetProperty("processing_completed_at").ValueKind));
        await _host.WaitAsync("/executions/2", "execution", "completed");
        Assert.Equal("2 1", await WorkflowsAsync());
    }

    [Theory]
    [Contract("D10", "9.10")]
    [InlineData("{}", "No file ID specified for file processing step")]
    [InlineData("""{"file_id":0}""", "No file ID specified for file processing step")]
    [InlineData("""{"file_id":""}""", "No file ID specified for file processing step")]
    [InlineData("""{"file_id":77}""", "File 77 not found")]
    [InlineData("""{"file_id":"{n}"}""", "File 78 not found")]
    [InlineData("""{"file_id":"x"}""", "File x not found")]
    [InlineData("""{"file_id":99999999999999999999}""", "File 99999999999999999999 not found")]
    [InlineData("""{"file_id":2}""", "File 2 not found")]
    public async Task FileProcess_NoSuchFile_Fails(string step, string error)
    {
        await _host.UploadedAsync("a.txt", "");
        await _host.UploadedAsync("b.txt", "");
        await _host.ReadAsync("DELETE", "/files/2");
        await CreateAsync("[]", $"[{step.Insert(1, "\"type\":\"file_process\"" + (step == "{}" ? "" : ","))}]");
        await _host.ReadAsync("POST", "/workflows/1/trigger", """{"trigger_data":{"n":78}}""");

        var run = await _host.WaitAsync("/executions/1", "execution", "completed", "failed");

        Assert.Equal($"Workflow stopped at step 1: {error}", run.GetProperty("error_message").GetString());
    }

    [Fact]
    [Contract("D33")]
    public async Task FileProcess_ExtractionFails_TheStepDoesNot()
    {
        await _host.UploadedAsync("a.csv", "");
        await CreateAsync("[]", """[{"type":"file_process","file_id":1}]""");
        await _host.ReadAsync("POST", "/workflows/1/trigger", "{}");

        var run = await _host.WaitAsync("/executions/1", "execution", "completed", "failed");

        Assert.Equal("""{"file_id":1,"status":"failed","content_length":0,"metadata":{"file_type":".csv"}}""", Result(run, 0).GetRawText());
    }

    [Fact]
    [Contract("D30")]
    public async Task FileProcess_ManyAtOnce_ExtractOnce()
    {
        await _host.UploadedAsync("a.txt", "hello");
        await CreateAsync("""[{"type":"file_processed"}]""", "[]");
        for (var i = 2; i <= 6; i++)
        {
            await CreateAsync("[]", """[{"type":"file_process","file_id":1}]""");
        }
        await Task.WhenAll(Enumerable.Range(2, 5).Select(id => _host.ReadAsync("POST", $"/workflows/{id}/trigger", "{}")));

        for (var id = 1; id <= 6; id++)
        {
            await _host.WaitAsync($"/executions/{id}", "execution", "completed");
        }
        Assert.Single((await WorkflowsAsync()).Split(' '), "1");
    }

    [Fact]
    public async Task Upload_ManyAtOnce_EachStartsOnce()
    {
        await CreateAsync("""[{"type":"file_upload"}]""", "[]");
        await CreateAsync("""[{"type":"file_upload"}]""", "[]");

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => _host.UploadedAsync($"{i}.txt", "x")));

        for (var id = 1; id <= 40; id++)
        {
            await _host.WaitAsync($"/executions/{id}", "execution", "completed");
        }
        var runs = (await _host.ReadAsync("GET", "/executions")).GetProperty("executions").EnumerateArray().Select(run => (run.GetProperty("workflow_id").GetInt32(), run.GetProperty("triggered_file_id").GetInt32()));
        Assert.Equal(40, runs.Distinct().Count());
    }

    [Fact]
    [Contract("8.2 upload")]
    public async Task Upload_ExecutionsCannotBeStored_LeavesNoFile()
    {
        await CreateAsync("""[{"type":"file_upload"}]""", "[]");
        await RenameAsync("workflow_executions", "away");

        using var answer = await _host.UploadAsync("a.txt", "hello"u8.ToArray());

        Assert.Equal(System.Net.HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Empty(Directory.GetFiles(_host.Uploads));
        await RenameAsync("away", "workflow_executions");
        Assert.Equal(0, (await _host.ReadAsync("GET", "/files")).GetProperty("total").GetInt32());
    }

    private static JsonElement Result(JsonElement run, int step) => run.GetProperty("result").GetProperty("results")[step].GetProperty("result");

    private static string? Message(JsonElement run, int step) => Result(run, step).GetProperty("message").GetString();

    private Task RenameAsync(string from, string to) => _host.Database.WriteAsync(async (connection, transaction, token) =>
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"ALTER TABLE {from} RENAME TO {to}";
        await command.ExecuteNonQueryAsync(token);
    }, TestContext.Current.CancellationToken);

    private async Task CreateAsync(string triggers, string steps, string? change = null)
    {
        var made = await _host.ReadAsync("POST", "/workflows", $$$"""{"name":"w","triggers":{{{triggers}}},"config":{"steps":{{{steps}}}}}""");
        if (change is not null)
        {
            await _host.ReadAsync("PUT", $"/workflows/{made.GetProperty("workflow").GetProperty("id").GetInt32()}", change);
        }
    }

    // The workflows of all executions, newest first.
    private async Task<string> WorkflowsAsync() =>
        string.Join(' ', (await _host.ReadAsync("GET", "/executions")).GetProperty("executions").EnumerateArray().Select(run => run.GetProperty("workflow_id").GetInt32()));
}
