using System.Text.Json;
using PyAirtable.Load.Upstream;

namespace PyAirtable.Load.Tests.Upstream;

public sealed class McpServerTests
{
    private readonly RecordTable _table = new();

    [Theory]
    [InlineData("fly", "{}", "Unknown tool: fly")]
    [InlineData("list_tables", "{}", "Error: 'base_id'")]
    [InlineData("get_records", """{"base_id":"b"}""", "Error: 'table_id'")]
    public void Run_Mistake_IsText(string tool, string arguments, string text) => Assert.Equal(text, Run(tool, arguments));

    [Fact]
    public void Run_GetRecords_GivesAsManyAsAskedFor()
    {
        using var result = JsonDocument.Parse(Run("get_records", """{"base_id":"b","table_id":"t","max_records":5}"""));

        Assert.Equal(5, result.RootElement.GetProperty("records").GetArrayLength());
    }

    [Fact]
    public void Run_CreateRecord_AddsIt()
    {
        using var result = JsonDocument.Parse(Run("create_record", """{"base_id":"b","table_id":"t","fields":{"Name":"x"}}"""));

        Assert.Contains(_table.First(1000), record => record.Id == result.RootElement.GetProperty("id").GetString());
    }

    private string Run(string tool, string arguments)
    {
        using var document = JsonDocument.Parse(arguments);
        return new McpServer(new AirtableGateway(_table, "key")).Run(tool, document.RootElement);
    }
}
