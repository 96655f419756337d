// The all-in-one: gateway, platform, automation and MCP server in one process, on SQLite unless told otherwise.
using PyAirtable.AllInOne;
using PyAirtable.Automation;
using PyAirtable.Automation.TextExtraction.Isolation;
using PyAirtable.Gateway;
using PyAirtable.Gateway.Cutover.Walking;
using PyAirtable.Hosting.CommandLine;
using PyAirtable.Hosting.Data;
using PyAirtable.Hosting.Data.Copying;
using PyAirtable.Hosting.Logging;
using PyAirtable.Hosting.Settings;
using PyAirtable.Mcp;
using PyAirtable.Platform;

GeneratedSecrets? secrets = null;
DatabaseOptions? storage = null;

return await new Executable(
    "pyairtable",
    "gateway, platform, automation and MCP server in one process",
    ManagementPort: 9000,
    (settings, process) =>
    {
        storage = DatabaseSettings.Read(settings, process);
        var gateway = GatewaySettings.Read(settings, process, portName: "GATEWAY_PORT", modulesBeside: true);
        var platform = PlatformSettings.Read(settings, process, portName: "PLATFORM_PORT");
        var automation = AutomationSettings.Read(settings, process, portName: "AUTOMATION_PORT");
        var mcp = McpSettings.Read(settings);
        return context =>
        {
            var database = context.OpenDatabase(storage);
            return
            [
                new GatewayModule(gateway, context),
                new PlatformModule(platform, context, database),
                new AutomationModule(automation, context, database),
                new McpModule(mcp, context),
            ];
        };
    })
{
    Defaults = layers =>
    {
        secrets = GeneratedSecrets.For(layers);
        return [secrets.Layer, AllInOneDefaults.Layer(layers)];
    },
    RunInternal = ExtractionChild.TryRun,
    CopyDatabase = DatabaseCopy.RunAsync,
    Commands = [CutoverCommand.Named("GATEWAY_PORT")],
    Prepare = _ => secrets!.Save(),
    Announce = (process, urls) => Banner.Write(Console.Error, process, storage!.SafeUrl, secrets!.KeyForBanner, urls, process.Log.Format == LogFormat.TerminalColor),
}.RunAsync(args);
