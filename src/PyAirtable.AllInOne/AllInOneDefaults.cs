using PyAirtable.Gateway;
using PyAirtable.Hosting.Settings;

namespace PyAirtable.AllInOne;

/// <summary>Where the all-in-one differs from the three executables when nothing is set: it keeps to this machine and to one folder,
/// and calls between its services stay in the process.</summary>
internal static class AllInOneDefaults
{
    /// <summary>The differing defaults as a layer below the environment.</summary>
    public static SettingLayer Layer(IReadOnlyList<SettingLayer> layers)
    {
        var settings = new SettingsReader(layers);
        var data = settings.Text("DATA_DIR", "./data", "");
        var mcp = settings.Text("MCP_SERVER_PORT", "8001", "");
        return SettingLayer.Of("default of the all-in-one", new Dictionary<string, string>
        {
            ["HOST"] = "127.0.0.1",
            ["MANAGEMENT_HOST"] = "127.0.0.1",
            ["UPLOAD_DIRECTORY"] = Path.Combine(data, "uploads"),
            ["PLATFORM_SERVICES_URL"] = GatewaySettings.InProcess,
            ["AUTOMATION_SERVICES_URL"] = GatewaySettings.InProcess,
            // Gateway and automation each have a default of their own for these.
            ["AIRTABLE_GATEWAY_URL"] = "http://localhost:8002",
            ["LLM_ORCHESTRATOR_URL"] = "http://localhost:8003",
            // The MCP server is in this process too, and called by its port; where it takes any free one, it is not found.
            ["MCP_SERVER_URL"] = $"http://localhost:{(mcp == "0" ? "8001" : mcp)}",
        });
    }
}
