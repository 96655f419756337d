namespace PyAirtable.Deploy.Tests;

/// <summary>The services that images and stacks are made of.</summary>
internal static class ServiceNames
{
    /// <summary>As <c>SERVICE</c> of Dockerfile.aot has them, with their source projects.</summary>
    public static readonly IReadOnlyDictionary<string, string> Projects = new Dictionary<string, string>
    {
        ["gateway"] = "Gateway", ["platform"] = "Platform", ["automation"] = "Automation", ["mcp"] = "Mcp", ["allinone"] = "AllInOne",
    };

    /// <summary>In the order in which the ECS templates name them.</summary>
    public static readonly IReadOnlyList<string> OnEcs = ["gateway", "platform", "automation", "mcp", "allinone"];

    /// <summary>The setting by which a service's port is chosen.</summary>
    public static string PortSetting(string service) => service switch { "allinone" => "GATEWAY_PORT", "mcp" => "MCP_SERVER_PORT", _ => "PORT" };
}
