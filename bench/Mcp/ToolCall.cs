namespace PyAirtable.Bench.Mcp;

/// <summary>A call of a tool that both servers have.</summary>
/// <param name="Name">Its name in reports.</param>
/// <param name="Json"><c>{"name","arguments"}</c>, as the HTTP route takes it and as parameters of <c>tools/call</c>.</param>
/// <param name="AsksEachTime">Whether the native server asks the Airtable gateway for each call; schemas are cached.</param>
internal sealed record ToolCall(string Name, string Json, bool AsksEachTime)
{
    /// <summary>The calls that are measured.</summary>
    public static IReadOnlyList<ToolCall> All { get; } =
    [
        new("get_records, 10 records", """{"name":"get_records","arguments":{"base_id":"appBench","table_id":"tblTasks","max_records":10}}""", true),
        new("get_records, 100 records", """{"name":"get_records","arguments":{"base_id":"appBench","table_id":"tblTasks","max_records":100}}""", true),
        new("create_record", """{"name":"create_record","arguments":{"base_id":"appBench","table_id":"tblTasks","fields":{"Name":"Write the report","Status":"Todo","Effort":2.5}}}""", true),
        new("list_tables", """{"name":"list_tables","arguments":{"base_id":"appBench"}}""", false),
    ];

    /// <summary>It as a JSON-RPC request.</summary>
    public string JsonRpc => $$"""{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{{Json}}}""";
}
