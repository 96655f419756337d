using System.Net;
using System.Text.Json.Nodes;

namespace PyAirtable.Mcp.Tests.Protocol;

public sealed class DirectCallsTests
{
    private const string Table = """{"base_id":"appX","table_id":"tbl1"}""";

    private static readonly TheoryData<string, string> Calls = new()
    {
        { "list_tables", """{"base_id":"appX"}""" },
        { "get_records", Table },
        { "get_field_info", Table },
        { "get_field_info", """{"base_id":"appX","table_id":"None"}""" },
        { "get_records", """{"base_id":"appX","table_id":7}""" },
        { "get_records", """{"base_id":"appX"}""" },
        { "update_record", """{"base_id":"appX","table_id":"tbl1","record_id":"recBad","fields":{}}""" },
        { "batch_create_records", """{"base_id":"appX","table_id":"tbl1","records":[]}""" },
    };

    // From 2025-11-25 on, an answer can be resumed.
    public static TheoryData<string, string, string> CallsByVersion
    {
        get
        {
            var rows = new TheoryData<string, string, string>();
            foreach (var call in Calls)
            {
                rows.Add(call.Data.Item1, call.Data.Item2, "2025-06-18");
                rows.Add(call.Data.Item1, call.Data.Item2, "2025-11-25");
            }
            return rows;
        }
    }

    // One with a progress token is answered by the library.
    [Theory]
    [MemberData(nameof(CallsByVersion))]
    public async Task Call_WithoutProgress_IsAnsweredAsTheLibraryDoes(string tool, string arguments, string version)
    {
        await using var host = await McpHost.StartAsync();
        var client = await RpcClient.OpenAsync(host, version: version);

        var direct = await client.MessagesAsync("tools/call", $$"""{"name":"{{tool}}","arguments":{{arguments}}}""");
        var library = await client.AskAsync("tools/call", $$$"""{"name":"{{{tool}}}","arguments":{{{arguments}}},"_meta":{"progressToken":1}}""");

        var answer = Assert.Single(direct);
        Assert.Equal((2, "2.0"), (((int)answer["id"]!), (string)answer["jsonrpc"]!));
        Assert.True(JsonNode.DeepEquals(library["result"], answer["result"]), $"{library["result"]} {answer["result"]}");
    }

    [Fact]
    public async Task Call_AnswerOfAirtableWithLineEnds_IsOneEvent()
    {
        await using var host = await McpHost.StartAsync();
        host.Airtable.Records = "{\n  \"records\": [ \"a b\" ]\r\n}";
        var client = await RpcClient.OpenAsync(host);

        var result = await client.CallAsync("get_records", Table);

        Assert.Equal("""{"records":["a b"]}""", result["structuredContent"]!.ToJsonString());
        Assert.Equal("{\n  \"records\": [\n    \"a b\"\n  ]\n}", (string)result["content"]![0]!["text"]!);
    }

    [Fact]
    public async Task Call_AnswerOfAirtableWithHalfAPair_IsTextOnly()
    {
        await using var host = await McpHost.StartAsync();
        host.Airtable.Records = """{"records":["\ud800"]}""";
        var client = await RpcClient.OpenAsync(host);

        using var answer = await client.PostAsync($$$"""{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"get_records","arguments":{{{Table}}}}}""");
        var text = await answer.Content.ReadAsStringAsync();

        Assert.Contains(@"\""\\ud800\""", text, StringComparison.Ordinal);
        Assert.DoesNotContain("structuredContent", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("""{"records":[{"id":"rec1","fie""")]
    [InlineData("")]
    public async Task Call_AnswerOfAirtableIsNoJson_IsAnErrorOfTheTool(string body)
    {
        await using var host = await McpHost.StartAsync();
        host.Airtable.Instead = _ => (200, body);
        var client = await RpcClient.OpenAsync(host);

        var result = await client.CallAsync("get_records", Table);

        Assert.True((bool)result["isError"]!);
        Assert.Equal("Error: Expecting value: line 1 column 1 (char 0)", (string)result["content"]![0]!["text"]!);
    }

    [Theory]
    [InlineData("99", "99", true)]
    [InlineData("\"a\"", "\"\\u0061\"", true)]
    [InlineData("99", "\"99\"", false)]
    public async Task Cancelled_ById_EndsTheAnswerWithoutAnEvent(string id, string cancelled, bool isTheSame)
    {
        await using var host = await McpHost.StartAsync();
        var answers = new TaskCompletionSource();
        host.Airtable.Before = (_, cancel) => answers.Task.WaitAsync(cancel);
        var client = await RpcClient.OpenAsync(host);

        var call = client.PostAsync($$$"""{"jsonrpc":"2.0","id":{{{id}}},"method":"tools/call","params":{"name":"get_records","arguments":{{{Table}}}}}""");
        await Eventually.TrueAsync(() => !host.Airtable.Seen.IsEmpty);
        using var told = await client.PostAsync($$$"""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":{{{cancelled}}}}}""");
        if (!isTheSame)
        {
            answers.SetResult();
        }
        using var answer = await call;

        Assert.Equal(isTheSame ? 0 : 1, (await RpcClient.ReadAsync(answer)).Count);
        await Eventually.TrueAsync(() => host.Airtable.Aborted == (isTheSame ? 1 : 0));
    }

    [Theory]
    [InlineData("""{"requestId":"\ud800"}""")]
    [InlineData("""{"requestId":1,"requestId":2}""")]
    [InlineData("""{"requestId":{}}""")]
    [InlineData("""{"requestId":1.5}""")]
    [InlineData("{}")]
    public async Task Cancelled_OfNoCall_IsTaken(string parameters)
    {
        await using var host = await McpHost.StartAsync();
        var client = await RpcClient.OpenAsync(host);

        using var told = await client.PostAsync($$"""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{{parameters}}}""");

        Assert.Equal(HttpStatusCode.Accepted, told.StatusCode);
    }

    [Fact]
    public async Task Call_OfAClientWithALog_IsTold()
    {
        await using var host = await McpHost.StartAsync();
        var client = await RpcClient.OpenAsync(host);
        await client.AskAsync("logging/setLevel", """{"level":"debug"}""");

        var messages = await client.MessagesAsync("tools/call", $$"""{"name":"get_records","arguments":{{Table}}}""");

        Assert.Contains(messages, static message => (string?)message["method"] == "notifications/message");
        Assert.NotNull(messages[^1]["result"]);
    }

    [Fact]
    public async Task Session_Deleted_AbortsItsCalls()
    {
        await using var host = await McpHost.StartAsync();
        host.Airtable.Before = static (_, cancel) => Task.Delay(Timeout.Infinite, cancel);
        var client = await RpcClient.OpenAsync(host);

        var call = client.PostAsync($$$"""{"jsonrpc":"2.0","id":5,"method":"tools/call","params":{"name":"get_records","arguments":{{{Table}}}}}""");
        await Eventually.TrueAsync(() => !host.Airtable.Seen.IsEmpty);
        using var deleted = await host.SendAsync("DELETE", "/mcp", null, $"X-API-Key: {McpHost.Key}", $"Mcp-Session-Id: {client.Session}");
        using var answer = await call;

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (deleted.StatusCode, answer.StatusCode));
        await Eventually.TrueAsync(() => host.Airtable.Aborted == 1);
    }
}
