using PyAirtable.Testing.Airtable;

namespace PyAirtable.Bench.Mcp;

/// <summary>A call of a tool that both servers have.</summary>
/// <param name="Name">Its name in reports.</param>
/// <param name="Json"><c>{"name","arguments"}</c>, as the HTTP route takes it and as parameters of <c>tools/call</c>.</param>
/// <param name="Asks">How often the native server asks the Airtable gateway for each call; not at all where only schemas are wanted, which it keeps.</param>
/// <param name="Proof">What stands in the text of a call that went well.</param>
internal sealed record ToolCall(string Name, string Json, int Asks, string Proof)
{
    private const string Record = """{"Name":"Write the report","Status":"Todo","Effort":2.5}""";
    private const string Known = "rec00000000000001";

    // Ten of them, as many as a batch may have.
    private static readonly string Records = string.Join(',', Enumerable.Repeat(Record, 10));
    private static readonly string Changes = string.Join(',', Enumerable.Range(1, 10).Select(static number => $$"""{"id":"rec{{number:D14}}","fields":{{Record}}}"""));

    /// <summary>The calls that are measured.</summary>
    public static IReadOnlyList<ToolCall> All { get; } =
    [
        new("get_records, 10 records", """{"name":"get_records","arguments":{"base_id":"appBench","table_id":"tblTasks","max_records":10}}""", 1, "createdTime"),
        new("get_records, 100 records", """{"name":"get_records","arguments":{"base_id":"appBench","table_id":"tblTasks","max_records":100}}""", 1, "createdTime"),
        new("search_records", """{"name":"search_records","arguments":{"base_id":"appBench","table_id":"tblTasks","query":"the report","fields":["Name","Notes"],"max_records":10}}""", 1, "createdTime"),
        new("list_tables", """{"name":"list_tables","arguments":{"base_id":"appBench"}}""", 0, "tblTasks"),
        new("get_field_info", """{"name":"get_field_info","arguments":{"base_id":"appBench","table_id":"tblTasks"}}""", 0, "total_fields"),
        new("create_record", $$$"""{"name":"create_record","arguments":{"base_id":"appBench","table_id":"tblTasks","fields":{{{Record}}}}}""", 1, "createdTime"),
        new("update_record", $$$"""{"name":"update_record","arguments":{"base_id":"appBench","table_id":"tblTasks","record_id":"{{{Known}}}","fields":{{{Record}}}}}""", 1, "createdTime"),
        new("delete_record", $$$"""{"name":"delete_record","arguments":{"base_id":"appBench","table_id":"tblTasks","record_id":"{{{AirtableGatewayServer.KeptRecord}}}"}}""", 1, "deleted"),
        new("batch_create_records, 10 records", $$$"""{"name":"batch_create_records","arguments":{"base_id":"appBench","table_id":"tblTasks","records":[{{{Records}}}]}}""", 1, "created 10 records"),
        new("batch_update_records, 10 records", $$$"""{"name":"batch_update_records","arguments":{"base_id":"appBench","table_id":"tblTasks","records":[{{{Changes}}}]}}""", 10, "10 success"),
    ];

    /// <summary>It as a JSON-RPC request.</summary>
    public string JsonRpc => $$"""{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{{Json}}}""";
}
