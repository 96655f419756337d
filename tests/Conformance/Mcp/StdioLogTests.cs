using System.Diagnostics;
using PyAirtable.Testing.Airtable;

namespace PyAirtable.Conformance.Mcp;

/// <summary>What the MCP server says on standard error when a client has started it: its log, while standard output is the protocol's alone.</summary>
public sealed class StdioLogTests(McpServer server) : IClassFixture<McpServer>
{
    private static readonly string[] Messages =
    [
        """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"test","version":"1"}}}""",
        """{"jsonrpc":"2.0","method":"notifications/initialized"}""",
        """{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"list_tables","arguments":{"base_id":"appTest"}}}""",
    ];

    [Theory]
    [InlineData("INFO", true)]
    [InlineData("ERROR", false)]
    public async Task Stdio_ACall_IsLoggedByLevelWithoutItsArguments(string level, bool isLogged)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var start = new ProcessStartInfo(McpServer.Executable, ["stdio"]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in server.StdioSettings)
        {
            start.Environment[name] = value;
        }
        start.Environment["LOG_LEVEL"] = level;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(limit.Token);
        foreach (var message in Messages)
        {
            await process.StandardInput.WriteLineAsync(message);
        }
        await process.StandardInput.FlushAsync(limit.Token);
        Assert.Contains("\"id\":1", await process.StandardOutput.ReadLineAsync(limit.Token), StringComparison.Ordinal);
        Assert.Contains("\"id\":2", await process.StandardOutput.ReadLineAsync(limit.Token), StringComparison.Ordinal);
        process.StandardInput.Close();
        await process.WaitForExitAsync(limit.Token);

        var log = await errors;
        Assert.Equal(isLogged, log.Contains("list_tables", StringComparison.Ordinal));
        Assert.DoesNotContain("appTest", log, StringComparison.Ordinal);
        Assert.DoesNotContain(AirtableGatewayServer.Key, log, StringComparison.Ordinal);
    }
}
