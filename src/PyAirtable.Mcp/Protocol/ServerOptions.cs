using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using PyAirtable.Mcp.Airtable;
using PyAirtable.Mcp.Tools;

namespace PyAirtable.Mcp.Protocol;

/// <summary>What every session serves; one object for all of them.</summary>
internal static class ServerOptions
{
    /// <summary>Makes them.</summary>
    public static McpServerOptions Create(McpSettings settings, ToolRunner runner, SchemaCache schemas)
    {
        var tools = new ToolHandlers(runner);
        var resources = new ResourceHandlers(runner, schemas);
        return new McpServerOptions
        {
            ServerInfo = new Implementation { Name = settings.Name, Version = settings.Version },
            ScopeRequests = false,
            Capabilities = new ServerCapabilities
            {
                Tools = new ToolsCapability { ListChanged = true },
                Resources = new ResourcesCapability(),
                Logging = new LoggingCapability(),
            },
            Handlers = new McpServerHandlers
            {
                ListToolsHandler = tools.ListAsync,
                CallToolHandler = tools.CallAsync,
                ListResourcesHandler = resources.ListAsync,
                ListResourceTemplatesHandler = ResourceHandlers.ListTemplatesAsync,
                ReadResourceHandler = resources.ReadAsync,
                SetLoggingLevelHandler = ToolHandlers.SetLevelAsync,
            },
        };
    }
}
