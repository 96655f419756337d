using System.Text.Json.Nodes;

namespace PyAirtable.Conformance.Mcp;

/// <summary>The MCP server as the Inspector's command line sees it: each call starts a process, connects, asks once and prints the result.</summary>
public sealed class InspectorTests(McpServer server) : IClassFixture<McpServer>
{
    /// <summary>Arguments and a piece of the printed result, without blanks.</summary>
    public static TheoryData<string, string, string[]> Calls()
    {
        var calls = new TheoryData<string, string, string[]>();
        foreach (var transport in (string[])["http", "stdio"])
        {
            calls.Add(transport, "\"name\":\"sync_tables\"", ["--method", "tools/list"]);
            calls.Add(transport, "\"table_count\":1", ["--method", "tools/call", "--tool-name", "list_tables", "--tool-arg", "base_id=appTest"]);
            calls.Add(transport, "\"createdTime\":", ["--method", "tools/call", "--tool-name", "get_records", "--tool-arg", "base_id=appTest", "table_id=tblTasks", "max_records=2"]);
            calls.Add(transport, "\"isError\":true", ["--method", "tools/call", "--tool-name", "list_tables", "--tool-arg", "base_id=appMissing"]);
            calls.Add(transport, "\"uri\":\"airtable://bases\"", ["--method", "resources/list"]);
            calls.Add(transport, "airtable://bases/{base_id}/schema", ["--method", "resources/templates/list"]);
            calls.Add(transport, "tblTasks", ["--method", "resources/read", "--uri", "airtable://bases/appTest/schema"]);
            calls.Add(transport, "{}", ["--method", "logging/setLevel", "--log-level", "debug"]);
        }
        return calls;
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Inspector_OneCall_PrintsTheResult(string transport, string expected, string[] method)
    {
        string[] target = transport == "http"
            ? [server.Endpoint, "--transport", "http", "--header", McpServer.KeyHeader]
            : [.. server.StdioSettings.SelectMany(setting => (string[])["-e", $"{setting.Key}={setting.Value}"]), McpServer.Executable, "stdio"];

        var (code, output, errors) = await NodePrograms.RunInspectorAsync([.. target, .. method]);

        Assert.True(code == 0, errors);
        Assert.Contains(expected, JsonNode.Parse(output)!.ToJsonString().Replace("\\u0022", "\"", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspector_WithoutTheKey_IsRefused()
    {
        var (code, output, errors) = await NodePrograms.RunInspectorAsync(server.Endpoint, "--transport", "http", "--method", "tools/list");

        Assert.True(code != 0, errors);
        Assert.Empty(output);
    }
}
