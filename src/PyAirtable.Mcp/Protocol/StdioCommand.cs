using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using PyAirtable.Hosting.CommandLine;
using PyAirtable.Hosting.Logging;
using PyAirtable.Hosting.Metrics;
using PyAirtable.Hosting.Settings;

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
        // Output is the protocol's alone, so the log goes where errors go.
        await using var log = new LogSink(ProcessSettings.Read(call.Settings, managementPort: 0).Log, Console.OpenStandardError(), TimeProvider.System);
        using var metrics = new ServiceMetrics(TimeProvider.System);
        await using var core = new McpCore(settings, metrics, TimeProvider.System, log.CreateLogger("mcp"));
        await using var transport = new StreamServerTransport(Console.OpenStandardInput(), Console.OpenStandardOutput(), settings.Name);
        await using var server = McpServer.Create(transport, core.Options);
        core.Announce(
            () => _ = server.SendMessageAsync(new JsonRpcNotification { Method = NotificationMethods.ToolListChangedNotification }),
            (level, logger, message) => _ = RequestCaller.ProcessLog.Wants(level) ? server.SendMessageAsync(ClientLog.Message(level, logger, message, traceId: null)) : Task.CompletedTask);
        await server.RunAsync(call.Stop);
        return 0;
    }
}
