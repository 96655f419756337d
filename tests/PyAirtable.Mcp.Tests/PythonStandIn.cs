using System.Text.Json.Nodes;

namespace PyAirtable.Mcp.Tests;

/// <summary>The Python MCP server as upstream contract 1.2 and 1.3 has it.</summary>
internal sealed class PythonStandIn : StandIn
{
    public static async Task<PythonStandIn> StartAsync()
    {
        var started = new PythonStandIn();
        await started.ListenAsync();
        return started;
    }

    /// <summary>The text of every result.</summary>
    public string Text { get; set; } = "{\n  \"table_id\": \"tbl1\",\n  \"duplicates\": []\n}";

    /// <summary>Its list of tools, beyond those that are built in.</summary>
    public string Tools { get; set; } = "[]";

    protected override (int Status, string Body) Answer(SeenRequest request) => (request.Method, request.Target) switch
    {
        ("GET", "/tools") => (200, $$"""{"tools":{{Tools}}}"""),
        ("POST", "/tools/call") => (200, new JsonObject
        {
            ["result"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = Text }),
            ["success"] = true,
            ["error"] = null,
        }.ToJsonString()),
        _ => (404, """{"detail":"Not Found"}"""),
    };
}
