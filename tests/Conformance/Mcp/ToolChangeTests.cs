using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace PyAirtable.Conformance.Mcp;

/// <summary>The list of tools as it changes, to the official TypeScript client in both of its generations.</summary>
public sealed class ToolChangeTests
{
    private const string Tools = """{"tools":[{"name":"summarize_base","description":"Only Python has it","inputSchema":{"type":"object"}}]}""";

    [Theory]
    [MemberData(nameof(OfficialClientTests.Connections), MemberType = typeof(OfficialClientTests))]
    public async Task Tools_ThatPythonHasBeside_AreAnnouncedToTheClient(string generation, string transport)
    {
        await using var python = await StartPythonAsync();
        await using var server = new McpServer { PythonUrl = python.Urls.First() };
        await server.InitializeAsync();

        var seen = await NodePrograms.RunClientAsync(generation, "changes", server.Target(transport));

        Assert.Equal("notifications/tools/list_changed", (string)seen["method"]!);
        Assert.Contains("summarize_base", seen["tools"]!.AsArray().Select(static tool => (string)tool!));
    }

    private static async Task<WebApplication> StartPythonAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var python = builder.Build();
        python.Run(static context => context.Response.WriteAsync(Tools));
        await python.StartAsync();
        return python;
    }
}
