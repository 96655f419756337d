// The MCP server alone: tools for Airtable over HTTP and the Model Context Protocol, on port 8001.
using PyAirtable.Hosting.CommandLine;
using PyAirtable.Mcp;
using PyAirtable.Mcp.Protocol;

return await new Executable(
    "pyairtable-mcp",
    "tools for Airtable, over the Model Context Protocol",
    ManagementPort: 9001,
    (settings, process) =>
    {
        var mcp = McpSettings.Read(settings);
        return context => [new McpModule(mcp, context)];
    })
{
    Commands = [StdioCommand.Create()],
}.RunAsync(args);
