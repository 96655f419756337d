using Microsoft.Extensions.Logging.Abstractions;
using ModelContextProtocol.Server;
using PyAirtable.Hosting.CommandLine;
using PyAirtable.Hosting.Metrics;

namespace PyAirtable.Mcp.Protocol;

/// <summary>The verb <c>stdio</c>: one session over standard input and output, for clients that start their servers themselves.</summary>
internal static class StdioCommand
{
    private const int Misused = 2;

    /// <summary>The verb.</summary>
    public static Command Create() => new("stdio", "serve one client of the Model Context Protocol over standard input and output", "stdio", RunAsync);

    private static async Task<int> RunAsync(CommandLineCall call)
    {
        var settings = McpSettings.Read(call.Settings);
        foreach (var error in call.Settings.Errors)
        {
            await call.Errors.WriteLineAsync(error.ToString());
        }
        if (call.Settings.Errors.Count > 0)
        {
            return Misused;
        }
        // Output is the protocol's alone, so nothing is logged.
        using var metrics = new ServiceMetrics(TimeProvider.System);
        await using var core = new McpCore(settings, metrics, TimeProvider.System, NullLogger.Instance);
        await using var transport = new StreamServerTransport(Console.OpenStandardInput(), Console.OpenStandardOutput(), settings.Name);
        await using var server = McpServer.Create(transport, core.Options);
        core.Catalog.Changed = () => _ = server.SendMessageAsync(new ModelContextProtocol.Protocol.JsonRpcNotification { Method = ModelContextProtocol.Protocol.NotificationMethods.ToolListChangedNotification });
        await server.RunAsync(call.Stop);
        return 0;
    }
}
