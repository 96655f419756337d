using System.Net;
using System.Text.Json;
using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Automation.Tests;

/// <summary>The contract's answers over real sockets, the same on both engines.</summary>
public abstract partial class ContractTests(DatabaseEngine engine, PostgresServer server) : IAsyncLifetime
{
    private const string NotInteger = "Input should be a valid integer, unable to parse string as an integer";

    // Valid, but longer than its column.
    private static readonly string LongCron = string.Join(',', Enumerable.Range(0, 60)) + " * * * *";

    private AutomationHost _host = null!;

    // Method, path, JSON body or null, status, body. Ids: file 1 (uploaded), workflow 1 (active), 2 (paused), 3 (disabled), 4 (paused and disabled).
    public static TheoryData<string, string, string?, int, string> Answers => new()
    {
        { "GET", "/", null, 200, """{"service":"PyAirtable Automation Services","version":"1.0.0","description":"Consolidated file processing and workflow automation service","endpoints":{"files":"/files","workflows":"/workflows","health":"/health","docs":"/docs"}}""" },
        { "GET", "/health", null, 200, """{"status":"healthy","service":"pyairtable-automation-services","components":{"database":"healthy","scheduler":"healthy","file_processor":"healthy","workflow_engine":"healthy"},"version":"1.0.0"}""" },
        { "GET", "/nope", null, 404, """{"detail":"Not Found"}""" },
        { "POST", "/health", null, 405, """{"detail":"Method Not Allowed"}""" },
        { "HEAD", "/files", null, 405, "" },

        { "GET", "/files?limit=0", null, 422, Fault("greater_than_equal", """["query","limit"]""", "Input should be greater than or equal to 1", "\"0\"", ""","ctx":{"ge":1}""") },
        { "GET", "/files?limit=1001", null, 422, Fault("less_than_equal", """["query","limit"]""", "Input should be less than or equal to 1000", "\"1001\"", ""","ctx":{"le":1000}""") },
        { "GET", "/files?skip=-1", null, 422, Fault("greater_than_equal", """["query","skip"]""", "Input should be greater than or equal to 0", "\"-1\"", ""","ctx":{"ge":0}""") },
        { "GET", "/files?limit=abc", null, 422, Fault("int_parsing", """["query","limit"]""", NotInteger, "\"abc\"") },
        { "GET", "/files?status=bogus", null, 400, """{"detail":"Invalid status: bogus"}""" },
        { "GET", "/files?status=processed", null, 200, """{"files":[],"total":0,"skip":0,"limit":100}""" },
        { "GET", "/files/abc", null, 422, Fault("int_parsing", """["path","file_id"]""", NotInteger, "\"abc\"") },
        { "GET", "/files/99", null, 404, """{"detail":"File not found"}""" },
        { "GET", "/files/-1", null, 404, """{"detail":"File not found"}""" },
        { "GET", "/files/99999999999999999999", null, 404, """{"detail":"File not found"}""" },
        { "POST", "/files/process/99", null, 404, """{"detail":"File not found"}""" },
        { "GET", "/files/extract/99", null, 404, """{"detail":"File not found"}""" },
        { "DELETE", "/files/99", null, 404, """{"detail":"File not found"}""" },
        { "GET", "/files/extract/1", null, 200, """{"file_id":1,"content":"","metadata":{},"error":"File not processed yet","status":"uploaded"}""" },
        { "GET", "/extract/1", null, 200, """{"file_id":1,"content":"","metadata":{},"error":"File not processed yet","status":"uploaded"}""" },
        { "POST", "/files/upload", "{}", 422, Fault("missing", """["body","file"]""", "Field required", "null") },
        { "POST", "/upload", null, 422, Fault("missing", """["body","file"]""", "Field required", "null") },

        { "POST", "/workflows", null, 422, Fault("missing", """["body"]""", "Field required", "null") },
        { "POST", "/workflows", "null", 422, Fault("missing", """["body"]""", "Field required", "null") },
        { "POST", "/workflows", "{}", 422, Fault("missing", """["body","name"]""", "Field required", "{}") },
        { "POST", "/workflows", "[]", 422, Fault("model_attributes_type", """["body"]""", "Input should be a valid dictionary or object to extract fields from", "[]") },
        { "POST", "/workflows", """{"name":""}""", 422, Fault("string_too_short", """["body","name"]""", "String should have at least 1 character", "\"\"", ""","ctx":{"min_length":1}""") },
        { "POST", "/workflows", """{"name":5}""", 422, Fault("string_type", """["body","name"]""", "Input should be a valid string", "5") },
        { "POST", "/workflows", """{"name":"a","config":null}""", 422, Fault("dict_type", """["body","config"]""", "Input should be a valid dictionary", "null") },
        { "POST", "/workflows", """{"name":"a","triggers":{}}""", 422, Fault("list_type", """["body","triggers"]""", "Input should be a valid list", "{}") },
        { "POST", "/workflows", """{"name":"a","triggers":[1]}""", 422, Fault("dict_type", """["body","triggers",0]""", "Input should be a valid dictionary", "1") },
        { "POST", "/workflows", """{"name":"a","cron_expression":"bad"}""", 400, """{"detail":"Invalid cron expression: bad"}""" },
        { "POST", "/workflows", $$"""{"name":"a","cron_expression":"{{LongCron}}"}""", 400, $$"""{"detail":"Invalid cron expression: {{LongCron}}"}""" },
        { "PUT", "/workflows/1", $$"""{"cron_expression":"{{LongCron}}"}""", 400, $$"""{"detail":"Invalid cron expression: {{LongCron}}"}""" },
        { "GET", "/workflows?status=bogus", null, 400, """{"detail":"Invalid status: bogus"}""" },
        { "GET", "/workflows/99", null, 404, """{"detail":"Workflow not found"}""" },
        { "PUT", "/workflows/99", "{}", 404, """{"detail":"Workflow not found"}""" },
        { "GET", "/workflows/99999999999999999999", null, 404, """{"detail":"Workflow not found"}""" },
        { "PUT", "/workflows/99999999999999999999", "{}", 404, """{"detail":"Workflow not found"}""" },
        { "DELETE", "/workflows/99999999999999999999", null, 404, """{"detail":"Workflow not found"}""" },
        { "POST", "/workflows/2147483648/trigger", "{}", 400, """{"detail":"Workflow 2147483648 not found"}""" },
        { "DELETE", "/workflows/99", null, 404, """{"detail":"Workflow not found"}""" },
        { "PUT", "/workflows/1", """{"status":"bogus"}""", 400, """{"detail":"'bogus' is not a valid WorkflowStatus"}""" },
        { "PUT", "/workflows/1", """{"is_enabled":"maybe"}""", 422, Fault("bool_parsing", """["body","is_enabled"]""", "Input should be a valid boolean, unable to interpret input", "\"maybe\"") },
        { "PUT", "/workflows/1", """{"is_enabled":[]}""", 422, Fault("bool_type", """["body","is_enabled"]""", "Input should be a valid boolean", "[]") },
        { "PUT", "/workflows/x", "{}", 422, Fault("int_parsing", """["path","workflow_id"]""", NotInteger, "\"x\"") },
        { "POST", "/workflows/99/trigger", "{}", 400, """{"detail":"Workflow 99 not found"}""" },
        { "POST", "/workflows/2/trigger", "{}", 400, """{"detail":"Workflow 2 is not active"}""" },
        { "POST", "/workflows/3/trigger", "{}", 400, """{"detail":"Workflow 3 is disabled"}""" },
        { "POST", "/workflows/4/trigger", "{}", 400, """{"detail":"Workflow 4 is not active"}""" },
        { "POST", "/workflows/1/trigger", null, 422, Fault("missing", """["body"]""", "Field required", "null") },
        { "POST", "/workflows/1/trigger", """{"trigger_data":5}""", 422, Fault("dict_type", """["body","trigger_data"]""", "Input should be a valid dictionary", "5") },
        { "GET", "/workflows/99/executions", null, 200, """{"executions":[],"workflow_id":99,"total":0,"skip":0,"limit":100}""" },
        { "GET", "/workflows/0/executions?skip=2&limit=5", null, 200, """{"executions":[],"workflow_id":0,"total":0,"skip":2,"limit":5}""" },
        { "GET", "/workflows/executions?status=cancelled", null, 200, """{"executions":[],"total":0,"skip":0,"limit":100}""" },
        { "GET", "/executions?status=cancelled", null, 200, """{"executions":[],"total":0,"skip":0,"limit":100}""" },
        { "GET", "/executions?status=bogus", null, 400, """{"detail":"Invalid status: bogus"}""" },
        { "GET", "/workflows/executions/99999999999999999999", null, 404, """{"detail":"Execution not found"}""" },
        { "GET", "/workflows/executions/99", null, 404, """{"detail":"Execution not found"}""" },
        { "POST", "/workflows/executions/99/cancel", null, 404, """{"detail":"Execution not found"}""" },
        { "POST", "/workflows/executions/99999999999999999999/cancel", null, 404, """{"detail":"Execution not found"}""" },
        { "POST", "/workflows/executions/x/cancel", null, 422, Fault("int_parsing", """["path","execution_id"]""", NotInteger, "\"x\"") },
        { "POST", "/workflows/executions/99/retry", null, 404, """{"detail":"Execution not found"}""" },
        { "POST", "/workflows/executions/x/retry", null, 422, Fault("int_parsing", """["path","execution_id"]""", NotInteger, "\"x\"") },
        { "GET", "/executions/x", null, 422, Fault("int_parsing", """["path","execution_id"]""", NotInteger, "\"x\"") },
        { "POST", "/workflows/validate-cron", null, 422, Fault("missing", """["query","cron_expression"]""", "Field required", "null") },
        { "POST", "/validate-cron?cron_expression=", null, 200, """{"cron_expression":"","is_valid":false,"error":"Invalid cron expression"}""" },
        { "POST", "/workflows/validate-cron?cron_expression=0%200%2030%202%20*", null, 200, """{"cron_expression":"0 0 30 2 *","is_valid":true,"next_runs":[]}""" },
    };

    public async ValueTask InitializeAsync() => _host = await AutomationHost.StartAsync(engine, server);

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    [Contract("D2", "D5", "D6", "D14", "D26", "9.1", "9.3", "9.4", "9.6", "9.8", "9.9", "9.13", "9.14")]
    public async Task Answers_EveryRow_AsTheContractSays()
    {
        await _host.UploadedAsync("a.txt", "hello");
        for (var i = 0; i < 4; i++)
        {
            await _host.ReadAsync("POST", "/workflows", """{"name":"w"}""");
        }
        await _host.ReadAsync("PUT", "/workflows/2", """{"status":"paused"}""");
        await _host.ReadAsync("PUT", "/workflows/3", """{"is_enabled":false}""");
        await _host.ReadAsync("PUT", "/workflows/4", """{"status":"inactive","is_enabled":"off"}""");

        foreach (var row in Answers)
        {
            var (method, path, json, status, body) = row.Data;
            Assert.Equal((method, path, json, status, body), (method, path, json, (int)(await _host.SendAsync(method, path, json)).Status, (await _host.SendAsync(method, path, json)).Body));
        }
    }

    [Theory]
    [InlineData("POST", "/health", "GET")]
    [InlineData("PATCH", "/files/1", "GET")]
    [InlineData("PUT", "/files/1", "GET")]
    [InlineData("PUT", "/files/upload", "POST")]
    [InlineData("PATCH", "/workflows", "POST")]
    public async Task WrongMethod_KnownPath_AllowsTheFirstRoutesMethods(string method, string path, string allow)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var answer = await _host.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal([allow], answer.Content.Headers.Allow);
    }

    [Fact]
    public async Task TrailingSlash_KnownPath_RedirectsWithQuery()
    {
        using var answer = await _host.Client.GetAsync(new Uri("/files/?limit=1", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.TemporaryRedirect, answer.StatusCode);
        Assert.Equal(new Uri(_host.Client.BaseAddress!, "/files?limit=1"), answer.Headers.Location);
    }

    [Fact]
    public async Task Origin_AnyAllowed_GetsStarAndCredentials()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/files");
        request.Headers.Add("Origin", "https://app.example.com");
        using var answer = await _host.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(["*"], answer.Headers.GetValues("Access-Control-Allow-Origin"));
        Assert.Equal(["true"], answer.Headers.GetValues("Access-Control-Allow-Credentials"));
    }

    [Fact]
    [Contract("D1", "D2", "D16", "9.4", "9.6", "9.7", "9.18")]
    public async Task File_WholeLife_GoesAsTheContractSays()
    {
        var file = await _host.UploadedAsync("A b.TXT", "hello\r\nworld\n");
        Assert.Equal(
            ["id", "filename", "original_filename", "file_size", "mime_type", "file_hash", "status", "metadata", "processing_started_at", "processing_completed_at", "processing_error", "created_at", "updated_at"],
            file.EnumerateObject().Select(member => member.Name));
        Assert.Matches("^[0-9a-f-]{36}\\.TXT$", file.GetProperty("filename").GetString());
        Assert.Matches("^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{6})?\\+00:00$", file.GetProperty("created_at").GetString());
        Assert.Equal(file.GetRawText(), (await _host.ReadAsync("GET", "/files/1")).GetProperty("file").GetRawText());

        var reply = await _host.ReadAsync("POST", "/files/process/1");
        Assert.Equal(("File processing started", "processing"), (reply.GetProperty("message").GetString(), reply.GetProperty("file").GetProperty("status").GetString()));
        await _host.WaitAsync("/files/1", "file", "processed");
        Assert.Equal("File processed", (await _host.ReadAsync("POST", "/process/1")).GetProperty("message").GetString());
        Assert.Equal(
            """{"file_id":1,"content":"hello\nworld\n","metadata":{"file_type":".txt","encoding":"utf-8","character_count":12,"line_count":3},"status":"processed"}""",
            (await _host.ReadAsync("GET", "/files/extract/1")).GetRawText());

        for (var i = 0; i < 2; i++)
        {
            Assert.Equal("""{"message":"File deleted successfully","file_id":1}""", (await _host.ReadAsync("DELETE", "/files/1")).GetRawText());
        }
        Assert.Empty(Directory.GetFiles(_host.Uploads));
        Assert.Equal("deleted", (await _host.ReadAsync("GET", "/files?status=deleted")).GetProperty("files")[0].GetProperty("status").GetString());
        Assert.Equal(
            """{"file_id":1,"content":"","metadata":{"file_type":".txt","encoding":"utf-8","character_count":12,"line_count":3},"error":"File not processed yet","status":"deleted"}""",
            (await _host.ReadAsync("GET", "/files/extract/1")).GetRawText());
        Assert.Equal((HttpStatusCode.NotFound, """{"detail":"File not found"}"""), await _host.SendAsync("POST", "/files/process/1"));
    }

    [Fact]
    [Contract("D17", "9.6")]
    public async Task Process_FailedFile_MayBeTriedAgain()
    {
        await _host.UploadedAsync("x.pdf", "junk");
        for (var i = 0; i < 2; i++)
        {
            var started = (await _host.ReadAsync("POST", "/files/process/1")).GetProperty("file");
            Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (started.GetProperty("processing_error").ValueKind, started.GetProperty("processing_completed_at").ValueKind));
            await _host.WaitAsync("/files/1", "file", "failed");
            Assert.Equal(
                """{"file_id":1,"content":"","metadata":{"file_type":".pdf"},"error":"PDF extraction failed: EOF marker not found","status":"failed"}""",
                (await _host.ReadAsync("GET", "/files/extract/1")).GetRawText());
        }
    }

    [Fact]
    public async Task Extract_LargeText_ComesBackWhole()
    {
        var text = string.Concat(Enumerable.Range(0, 40_000).Select(i => i % 7 == 0 ? "😀\"\n" : "é\\x"));
        await _host.UploadedAsync("big.txt", text);
        await _host.ReadAsync("POST", "/files/process/1");
        await _host.WaitAsync("/files/1", "file", "processed");

        Assert.Equal(text, (await _host.ReadAsync("GET", "/files/extract/1")).GetProperty("content").GetString());
    }

    [Fact]
    [Contract("D12", "9.8")]
    public async Task Workflow_WholeLife_GoesAsTheContractSays()
    {
        var created = (await _host.ReadAsync("POST", "/workflows", """{"name":"a","cron_expression":"0 9 * * 1-5","status":"paused","config":{"x": 1.0, "y":"é\u2028"},"triggers":[{"type":"file_upload"}]}""")).GetProperty("workflow");
        Assert.Equal(
            ["id", "name", "description", "config", "triggers", "cron_expression", "next_run", "status", "is_enabled", "execution_count", "success_count", "failure_count", "last_execution_at", "created_at", "updated_at"],
            created.EnumerateObject().Select(member => member.Name));
        Assert.Equal(("active", true, "{\"x\":1.0,\"y\":\"é\u2028\"}"), (created.GetProperty("status").GetString(), created.GetProperty("is_enabled").GetBoolean(), created.GetProperty("config").GetRawText()));
        Assert.EndsWith("T09:00:00+00:00", created.GetProperty("next_run").GetString(), StringComparison.Ordinal);

        var changed = (await _host.ReadAsync("PUT", "/workflows/1", """{"name":null,"description":"","cron_expression":"","status":"paused"}""")).GetProperty("workflow");
        Assert.Equal(("a", "", "paused"), (changed.GetProperty("name").GetString(), changed.GetProperty("description").GetString(), changed.GetProperty("status").GetString()));
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (changed.GetProperty("cron_expression").ValueKind, changed.GetProperty("next_run").ValueKind));
        Assert.Equal(changed.GetRawText(), (await _host.ReadAsync("GET", "/workflows/1")).GetProperty("workflow").GetRawText());
        Assert.Equal(changed.GetRawText(), (await _host.ReadAsync("GET", "/workflows?status=paused")).GetProperty("workflows")[0].GetRawText());

        Assert.Equal("""{"message":"Workflow deleted successfully","workflow_id":1}""", (await _host.ReadAsync("DELETE", "/workflows/1")).GetRawText());
        Assert.Equal(HttpStatusCode.NotFound, (await _host.SendAsync("GET", "/workflows/1")).Status);
    }

    [Fact]
    [Contract("D3", "D10", "8.2 reply", "9.9", "9.10", "9.13")]
    public async Task Trigger_Steps_RunToTheResult()
    {
        await CreateAsync("""[{"type":"nope","continue_on_error":true},{"type":"log","message":"w={workflow_id} e={execution_id} k={k}"},{"name":"c","type":"condition","condition":{"left":"{k}","right":1}}]""");
        var pending = (await _host.ReadAsync("POST", "/workflows/1/trigger", """{"trigger_data":{"k":1}}""")).GetProperty("execution");
        Assert.Equal(("pending", "{}", """{"k":1}"""), (pending.GetProperty("status").GetString(), pending.GetProperty("result").GetRawText(), pending.GetProperty("trigger_data").GetRawText()));
        Assert.Equal(JsonValueKind.Null, pending.GetProperty("logs").ValueKind);

        var done = await _host.WaitAsync("/workflows/executions/1", "execution", "completed", "failed");
        Assert.Equal(
            """{"steps_executed":3,"steps_successful":2,"steps_failed":1,"results":[{"step":1,"name":"Step 1","error":"Unknown step type: nope","status":"failed"},{"step":2,"name":"Step 2","result":{"message":"w=1 e=1 k=1"},"status":"success"},{"step":3,"name":"c","result":{"condition_met":true,"left_value":"1","right_value":1,"condition_type":"equals"},"status":"success"}]}""",
            done.GetProperty("result").GetRawText());
        Assert.Equal(
            "Workflow execution started\nExecuting step 1: Unnamed\nStep 1 failed: Unknown step type: nope\nExecuting step 2: Unnamed\nExecuting step 3: c\nWorkflow execution completed successfully\n",
            done.GetProperty("logs").GetString());
        Assert.Equal(JsonValueKind.Null, done.GetProperty("error_message").ValueKind);
        Assert.InRange(done.GetProperty("duration").GetDouble(), 0, 30);
        await AssertCountersAsync(1, 1, 0);
        Assert.Equal(
            ["1 nope failed", "2 log completed", "3 condition completed"],
            done.GetProperty("steps").EnumerateArray().Select(step => $"{step.GetProperty("path")} {step.GetProperty("type")} {step.GetProperty("status")}"));
        Assert.Equal("""{"message":"w=1 e=1 k=1"}""", done.GetProperty("steps")[1].GetProperty("output").GetRawText());
        var listed = (await _host.ReadAsync("GET", "/executions")).GetProperty("executions")[0];
        Assert.Equal(done.EnumerateObject().Where(member => member.Name != "steps").Select(member => member.ToString()), listed.EnumerateObject().Select(member => member.ToString()));
        Assert.Equal(listed.GetRawText(), (await _host.ReadAsync("GET", "/workflows/1/executions?status=completed")).GetProperty("executions")[0].GetRawText());
    }

    [Theory]
    [Contract("D23", "D34", "9.10")]
    [InlineData("null", "completed", """{"message":"No steps configured"}""", null)]
    [InlineData("[]", "completed", """{"message":"No steps configured"}""", null)]
    [InlineData("""[{"type":"condition","condition":{"left":1,"right":2}},{"type":"log"}]""", "completed", """{"steps_executed":2,"steps_successful":2,"steps_failed":0,"results":[{"step":1,"name":"Step 1","result":{"condition_met":false,"left_value":1,"right_value":2,"condition_type":"equals"},"status":"success"},{"step":2,"name":"Step 2","result":{"message":"Log step executed"},"status":"success"}]}""", null)]
    [InlineData("""[{"type":"log"},{"name":"x"},{"type":"log"}]""", "failed", "{}", "Workflow stopped at step 2: Unknown step type: None")]
    [InlineData("""[{"type":"log","message":1}]""", "failed", "{}", "Workflow stopped at step 1: 'int' object has no attribute 'replace'")]
    [InlineData("""[5]""", "failed", "{}", "Workflow stopped at step 1: a step must be an object")]
    [InlineData("\"x\"", "failed", "{}", "Workflow stopped at step 1: steps must be an array")]
    [InlineData("""[{"type":"log","retries":11}]""", "failed", "{}", "Workflow stopped at step 1: retries must be a whole number from 0 to 10")]
    [InlineData("""[{"type":"log"},{"type":"condition","on_false":"jump"}]""", "failed", "{}", "Workflow stopped at step 2: on_false must be \"stop\"")]
    [InlineData("""[{"type":"parallel","steps":[],"continue_on_error":false}]""", "failed", "{}", "Workflow stopped at step 1: steps must be an array of 1 to 100 steps")]
    [InlineData("""[{"type":"for_each","itms":[],"steps":[]}]""", "failed", "{}", "Workflow stopped at step 1: a for_each step has no key itms")]
    [InlineData("""[{"type":"for_each","items":"{nobody}","steps":[{"type":"log"}]}]""", "failed", "{}", "Workflow stopped at step 1: {nobody} is not known")]
    [InlineData("""[{"type":"parallel","steps":[{"type":"log"},{"type":"nope"}]}]""", "failed", "{}", "Workflow stopped at step 1: step 1.2: Unknown step type: nope")]
    public async Task Trigger_FewOrWrongSteps_EndsAsTheContractSays(string steps, string status, string result, string? error)
    {
        await CreateAsync(steps);
        await _host.ReadAsync("POST", "/workflows/1/trigger", "{}");
        var done = await _host.WaitAsync("/executions/1", "execution", "completed", "failed");

        Assert.Equal((status, result, error), (done.GetProperty("status").GetString(), done.GetProperty("result").GetRawText(), done.GetProperty("error_message").GetString()));
        Assert.EndsWith(error is null ? "Workflow execution completed successfully\n" : $"Workflow execution failed: {error}\n", done.GetProperty("logs").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Traceback", done.GetProperty("logs").GetString(), StringComparison.Ordinal);
        await AssertCountersAsync(1, error is null ? 1 : 0, error is null ? 0 : 1);
    }

    [Fact]
    [Contract("9.14")]
    public async Task ValidateCron_Valid_ShowsFiveTimes()
    {
        var reply = await _host.ReadAsync("POST", "/workflows/validate-cron?cron_expression=0%20*/6%20*%20*%20*");

        Assert.Equal(5, reply.GetProperty("next_runs").GetArrayLength());
        Assert.Matches("^\\d{4}-\\d\\d-\\d\\dT(00|06|12|18):00:00\\+00:00$", reply.GetProperty("next_runs")[0].GetString());
    }

    private static string Fault(string type, string location, string message, string input, string context = "") =>
        $$"""{"detail":[{"type":"{{type}}","loc":{{location}},"msg":"{{message}}","input":{{input}}{{context}}}]}""";

    private async Task CreateAsync(string steps) => await _host.ReadAsync("POST", "/workflows", $$$"""{"name":"w","config":{"steps":{{{steps}}}}}""");

    private async Task AssertCountersAsync(int executions, int successes, int failures)
    {
        var workflow = (await _host.ReadAsync("GET", "/workflows/1")).GetProperty("workflow");
        Assert.Equal(
            (executions, successes, failures, JsonValueKind.String),
            (workflow.GetProperty("execution_count").GetInt32(), workflow.GetProperty("success_count").GetInt32(), workflow.GetProperty("failure_count").GetInt32(), workflow.GetProperty("last_execution_at").ValueKind));
    }
}
