using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using PyAirtable.Testing;

namespace PyAirtable.Automation.Tests;

/// <summary>Rows of the contract's checklist (automation contract 9) that take more than one request.</summary>
public abstract partial class ContractTests
{
    private const string Full = """
        {"name":"w","description":"d","config":{"steps":[]},"triggers":[{"type":"file_upload"}],"cron_expression":"0 9 * * *"}
        """;

    [GeneratedRegex("^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{6})?\\+00:00$")]
    private static partial Regex Time { get; }

    [Fact]
    [Contract("D12", "9.8")]
    public async Task Create_NameOnly_HasTheDefaults()
    {
        var created = (await _host.ReadAsync("POST", "/workflows", """{"name":"a","status":"paused","is_enabled":false,"id":9}""")).GetProperty("workflow");

        var (made, changed) = (created.GetProperty("created_at").GetString(), created.GetProperty("updated_at").GetString());
        Assert.Equal(
            $$"""{"id":1,"name":"a","description":null,"config":{},"triggers":[],"cron_expression":null,"next_run":null,"status":"active","is_enabled":true,"execution_count":0,"success_count":0,"failure_count":0,"last_execution_at":null,"created_at":"{{made}}","updated_at":"{{changed}}"}""",
            created.GetRawText());
        Assert.Equal(("", JsonValueKind.Null), await CronOfAsync("""{"name":"a","cron_expression":""}"""));
    }

    [Theory]
    [Contract("D12", "D20", "9.8")]
    [InlineData("""{"name":"x"}""", "name", "\"x\"")]
    [InlineData("""{"description":""}""", "description", "\"\"")]
    [InlineData("""{"config":{"a":[1.0,{"é":null}]}}""", "config", """{"a":[1.0,{"é":null}]}""")]
    [InlineData("""{"triggers":[]}""", "triggers", "[]")]
    [InlineData("""{"cron_expression":"0 10 * * *"}""", "cron_expression", "\"0 10 * * *\"")]
    [InlineData("""{"cron_expression":""}""", "cron_expression", "null")]
    [InlineData("""{"status":"inactive"}""", "status", "\"inactive\"")]
    [InlineData("""{"status":"paused"}""", "status", "\"paused\"")]
    [InlineData("""{"is_enabled":false}""", "is_enabled", "false")]
    [InlineData("""{"is_enabled":0}""", "is_enabled", "false")]
    [InlineData("""{"is_enabled":"No"}""", "is_enabled", "false")]
    [InlineData("""{"is_enabled":"OFF"}""", "is_enabled", "false")]
    [InlineData("""{"is_enabled":"f"}""", "is_enabled", "false")]
    [InlineData("""{"is_enabled":"y"}""", "is_enabled", "true")]
    [InlineData("""{"is_enabled":1}""", "is_enabled", "true")]
    [InlineData("{}", "name", "\"w\"")]
    [InlineData("""{"name":null,"description":null,"config":null,"triggers":null,"cron_expression":null,"status":null,"is_enabled":null}""", "name", "\"w\"")]
    public async Task Update_OneField_ChangesThatAlone(string change, string member, string expected)
    {
        var before = (await _host.ReadAsync("POST", "/workflows", Full)).GetProperty("workflow");

        var after = (await _host.ReadAsync("PUT", "/workflows/1", change)).GetProperty("workflow");

        Assert.Equal(expected, after.GetProperty(member).GetRawText());
        string[] free = member == "cron_expression" ? [member, "updated_at", "next_run"] : [member, "updated_at"];
        Assert.Equal(Members(before, free), Members(after, free));
        Assert.True(string.CompareOrdinal(after.GetProperty("updated_at").GetString(), before.GetProperty("updated_at").GetString()) > 0);
        Assert.Equal(after.GetRawText(), (await _host.ReadAsync("GET", "/workflows/1")).GetProperty("workflow").GetRawText());
    }

    [Fact]
    [Contract("9.8")]
    public async Task Create_BodyThatIsNoJson_IsFaulted()
    {
        var (status, body) = await _host.SendAsync("POST", "/workflows", """{"name":}""");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.StartsWith("""{"detail":[{"type":"json_invalid","loc":["body",8],"msg":"JSON decode error","input":{},"ctx":{"error":""", body, StringComparison.Ordinal);

        using var text = new StringContent("""{"name":"a"}""", Encoding.UTF8, "text/plain");
        using var answer = await _host.Client.PostAsync("/workflows", text, TestContext.Current.CancellationToken);
        Assert.Equal(
            (HttpStatusCode.UnprocessableEntity, Fault("model_attributes_type", """["body"]""", "Input should be a valid dictionary or object to extract fields from", "\"{\\\"name\\\":\\\"a\\\"}\"")),
            (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
    }

    // A name of 200 characters is as long as one may be.
    [Fact]
    [Contract("9.8")]
    public async Task Create_NameOfManyCharacters_IsBounded()
    {
        var longest = string.Concat(Enumerable.Repeat("😀", 200));
        Assert.Equal(longest, (await _host.ReadAsync("POST", "/workflows", $$"""{"name":"{{longest}}"}""")).GetProperty("workflow").GetProperty("name").GetString());

        var (status, body) = await _host.SendAsync("POST", "/workflows", $$"""{"name":"{{new string('x', 201)}}"}""");

        Assert.Equal(
            (HttpStatusCode.UnprocessableEntity, Fault("string_too_long", """["body","name"]""", "String should have at most 200 characters", $"\"{new string('x', 201)}\"", ""","ctx":{"max_length":200}""")),
            (status, body));
    }

    [Fact]
    [Contract("D5", "D21", "9.13")]
    public async Task Lists_OfExecutions_AreFilteredAndNewestFirst()
    {
        await CreateAsync("[]");
        await CreateAsync("""[{"type":"nope"}]""");
        foreach (var workflow in (int[])[1, 2, 1])
        {
            await _host.ReadAsync("POST", $"/workflows/{workflow}/trigger", "{}");
        }
        await _host.WaitAsync("/executions/1", "execution", "completed");
        await _host.WaitAsync("/executions/2", "execution", "failed");
        await _host.WaitAsync("/executions/3", "execution", "completed");

        foreach (var (path, ids) in ((string, string)[])
        [
            ("/workflows/executions", "3 2 1"),
            ("/executions", "3 2 1"),
            ("/executions?limit=1", "3"),
            ("/executions?skip=1&limit=5", "2 1"),
            ("/executions?status=completed", "3 1"),
            ("/executions?status=", "3 2 1"),
            ("/workflows/1/executions", "3 1"),
            ("/workflows/1/executions?status=failed", ""),
            ("/workflows/2/executions?status=failed", "2"),
            ("/workflows/2/executions?status=completed", ""),
            ("/workflows/3/executions", ""),
        ])
        {
            var list = await _host.ReadAsync("GET", path);
            var found = list.GetProperty("executions").EnumerateArray().Select(execution => execution.GetProperty("id").GetInt32()).ToList();
            Assert.Equal((path, ids, found.Count), (path, string.Join(' ', found), list.GetProperty("total").GetInt32()));
        }
        Assert.Equal("2 1", string.Join(' ', (await _host.ReadAsync("GET", "/workflows")).GetProperty("workflows").EnumerateArray().Select(workflow => workflow.GetProperty("id").GetInt32())));
    }

    [Fact]
    [Contract("9.14")]
    public async Task ValidateCron_EveryRow_IsAcceptedOrRejectedAsTheContractSays()
    {
        string[] accepted =
        [
            "* * * * *", " 0  9 * * 1-5 ", "1,2,3 * * * *", "1-10/3 * * * *", "*/5 * * * *", "5/15 * * * *", "0 0 1 jan *", "0 0 * DEC sun", "0 0 * * MON,WED", "0 0 * * sun-mon",
            "0 9 * * 7", "0 9 * * 1-7", "0 0 L * *", "0 0 * * L5", "0 0 * * 5#2", "0 0 15 * 1", "* * * * * 30", "@hourly", "@daily", "@midnight", "@weekly", "@monthly", "@yearly", "@annually",
        ];
        string[] rejected =
        [
            "", "bad", "* * * *", "* * * * * * *", "@reboot", "@every 5m", "? * * * *", "0 0 15W * *", "0 0 LW * *", "H * * * *", "60 * * * *", "* 24 * * *", "0 0 0 * *",
            "0 0 1 13 *", "0 0 * * 8", "-1 * * * *", "5-1 * * * *", "0 22-4 * * *", "*/0 * * * *",
        ];
        foreach (var expression in accepted)
        {
            var reply = await ValidateAsync(expression);
            Assert.True(reply.GetProperty("is_valid").GetBoolean(), expression);
            Assert.False(reply.TryGetProperty("error", out _));
            var times = reply.GetProperty("next_runs").EnumerateArray().Select(time => time.GetString()!).ToList();
            Assert.Equal(5, times.Count);
            Assert.All(times, time => Assert.Matches(Time, time));
            Assert.Equal(times.Order(StringComparer.Ordinal), times);
        }
        foreach (var expression in rejected)
        {
            Assert.Equal($$"""{"cron_expression":"{{expression}}","is_valid":false,"error":"Invalid cron expression"}""", (await ValidateAsync(expression)).GetRawText());
        }
    }

    [Fact]
    [Contract("9.15")]
    public async Task Schedule_EverySecond_StartsRunsAndPlansTheNext()
    {
        var planned = (await _host.ReadAsync("POST", "/workflows", """{"name":"w","cron_expression":"* * * * * *"}""")).GetProperty("workflow").GetProperty("next_run").GetString();
        await Eventually.TrueAsync(async () => (await _host.ReadAsync("GET", "/workflows/1/executions?status=completed")).GetProperty("total").GetInt32() >= 2);

        var paused = (await _host.ReadAsync("PUT", "/workflows/1", """{"status":"paused"}""")).GetProperty("workflow");

        Assert.True(string.CompareOrdinal(paused.GetProperty("next_run").GetString(), planned) > 0);
        var run = (await _host.ReadAsync("GET", "/executions/1")).GetProperty("execution");
        Assert.Equal(("scheduled", """{"cron_expression":"* * * * * *"}"""), (run.GetProperty("trigger_type").GetString(), run.GetProperty("trigger_data").GetRawText()));
    }

    [Fact]
    [Contract("D11", "D12")]
    public async Task NextRun_ExpressionOrStateChanged_IsPlannedAnew()
    {
        await _host.ReadAsync("POST", "/workflows", """{"name":"w","cron_expression":"0 9 1 1 *"}""");
        foreach (var (change, ending) in ((string, string?)[])
        [
            ("{}", "-01-01T09:00:00+00:00"),
            ("""{"cron_expression":"30 10 1 1 *"}""", "-01-01T10:30:00+00:00"),
            ("""{"cron_expression":""}""", null),
            ("""{"cron_expression":"0 0 30 2 *"}""", null),
            ("""{"cron_expression":"0 11 1 1 *"}""", "-01-01T11:00:00+00:00"),
            ("""{"is_enabled":false,"cron_expression":"0 12 1 1 *"}""", "-01-01T12:00:00+00:00"),
            ("""{"is_enabled":true}""", "-01-01T12:00:00+00:00"),
            ("""{"status":"paused","cron_expression":"0 13 1 1 *"}""", "-01-01T13:00:00+00:00"),
            ("""{"status":"active"}""", "-01-01T13:00:00+00:00"),
        ])
        {
            var next = (await _host.ReadAsync("PUT", "/workflows/1", change)).GetProperty("workflow").GetProperty("next_run").GetString();
            Assert.True(ending is null ? next is null : next!.EndsWith(ending, StringComparison.Ordinal), $"{change}: {next}");
        }
        Assert.Equal(0, (await _host.ReadAsync("GET", "/executions")).GetProperty("total").GetInt32());
    }

    [Fact]
    [Contract("D18")]
    public async Task Run_BeyondItsTime_Fails()
    {
        await using var host = await AutomationHost.StartAsync(engine, server, new() { ["EXECUTION_TIMEOUT"] = "1s" });
        await host.ReadAsync("POST", "/workflows", """{"name":"w","config":{"steps":[{"type":"delay","delay":600}]}}""");
        await host.ReadAsync("POST", "/workflows/1/trigger", "{}");

        Assert.Equal("Execution timed out after 1 seconds", (await host.WaitAsync("/executions/1", "execution", "failed")).GetProperty("error_message").GetString());
    }

    [Fact]
    [Contract("D18")]
    public async Task Trigger_MoreRunsThanTheQueueHolds_RefusesNone()
    {
        await using var host = await AutomationHost.StartAsync(engine, server, new() { ["TASK_QUEUE_SIZE"] = "1", ["TASK_WORKER_COUNT"] = "1" });
        await host.ReadAsync("POST", "/workflows", """{"name":"w"}""");
        for (var i = 0; i < 20; i++)
        {
            await host.ReadAsync("POST", "/workflows/1/trigger", "{}");
        }

        await host.WaitAsync("/executions/20", "execution", "completed");
        Assert.Equal(20, (await host.ReadAsync("GET", "/executions?status=completed")).GetProperty("total").GetInt32());
    }

    [Fact]
    [Contract("9.15")]
    public async Task CleanUp_MoreRunsThanAreKept_LeavesTheNewest()
    {
        await using var host = await AutomationHost.StartAsync(engine, server, new() { ["MAX_WORKFLOW_EXECUTIONS"] = "2", ["SCHEDULER_INTERVAL"] = "1s" });
        await host.ReadAsync("POST", "/workflows", """{"name":"w"}""");
        for (var i = 0; i < 5; i++)
        {
            await host.ReadAsync("POST", "/workflows/1/trigger", "{}");
        }

        await Eventually.TrueAsync(async () => (await host.ReadAsync("GET", "/executions")).GetProperty("total").GetInt32() == 2);

        await host.WaitAsync("/executions/4", "execution", "completed");
        await host.WaitAsync("/executions/5", "execution", "completed");
        Assert.Equal(5, (await host.ReadAsync("GET", "/workflows/1")).GetProperty("workflow").GetProperty("execution_count").GetInt32());
    }

    [Fact]
    [Contract("D28", "9.17")]
    public async Task Delete_WorkflowWithExecutions_TakesThemAlong()
    {
        await CreateAsync("[]");
        await CreateAsync("""[{"type":"delay","delay":600}]""");
        await _host.ReadAsync("POST", "/workflows/1/trigger", "{}");
        await _host.ReadAsync("POST", "/workflows/2/trigger", "{}");
        await _host.WaitAsync("/executions/1", "execution", "completed");
        await _host.WaitAsync("/executions/2", "execution", "running");

        foreach (var id in (int[])[1, 2])
        {
            Assert.Equal($$"""{"message":"Workflow deleted successfully","workflow_id":{{id}}}""", (await _host.ReadAsync("DELETE", $"/workflows/{id}")).GetRawText());
            Assert.Equal((HttpStatusCode.NotFound, """{"detail":"Execution not found"}"""), await _host.SendAsync("GET", $"/executions/{id}"));
            Assert.Equal((HttpStatusCode.NotFound, """{"detail":"Workflow not found"}"""), await _host.SendAsync("DELETE", $"/workflows/{id}"));
        }
        Assert.Equal(0, (await _host.ReadAsync("GET", "/executions")).GetProperty("total").GetInt32());
    }

    [Fact]
    [Contract("9.18")]
    public async Task Times_OfEveryRecord_AreUtcWithOffset()
    {
        await _host.ReadAsync("POST", "/workflows", Full);
        await _host.ReadAsync("POST", "/workflows/1/trigger", "{}");
        var run = await _host.WaitAsync("/executions/1", "execution", "completed");
        var workflow = (await _host.ReadAsync("GET", "/workflows/1")).GetProperty("workflow");
        await _host.UploadedAsync("a.txt", "hello");
        await _host.ReadAsync("POST", "/files/process/1");
        var file = await _host.WaitAsync("/files/1", "file", "processed");

        foreach (var (record, members) in ((JsonElement, string[])[])
        [
            (workflow, ["next_run", "last_execution_at", "created_at", "updated_at"]),
            (file, ["processing_started_at", "processing_completed_at", "created_at", "updated_at"]),
            (run, ["started_at", "completed_at", "created_at", "updated_at"]),
        ])
        {
            Assert.All(members, member => Assert.Matches(Time, record.GetProperty(member).GetString()));
        }
        Assert.Equal(run.GetProperty("completed_at").GetString(), workflow.GetProperty("last_execution_at").GetString());
    }

    private static IEnumerable<string> Members(JsonElement record, string[] without) =>
        record.EnumerateObject().Where(member => !without.Contains(member.Name)).Select(member => member.ToString());

    private async Task<(string Cron, JsonValueKind NextRun)> CronOfAsync(string body)
    {
        var workflow = (await _host.ReadAsync("POST", "/workflows", body)).GetProperty("workflow");
        return (workflow.GetProperty("cron_expression").GetString() ?? "", workflow.GetProperty("next_run").ValueKind);
    }

    private Task<JsonElement> ValidateAsync(string expression) => _host.ReadAsync("POST", $"/workflows/validate-cron?cron_expression={Uri.EscapeDataString(expression)}");
}
