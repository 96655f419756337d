namespace PyAirtable.Deploy.Tests;

/// <summary>The services that images and stacks are made of.</summary>
internal static class ServiceNames
{
    /// <summary>As <c>SERVICE</c> of Dockerfile.aot has them, with their source projects.</summary>
    public static readonly IReadOnlyDictionary<string, string> Projects = new Dictionary<string, string>
    {
        ["gateway"] = "Gateway", ["platform"] = "Platform", ["automation"] = "Automation", ["mcp"] = "Mcp", ["allinone"] = "AllInOne",
    };

    /// <summary>Those that the ECS templates know. The MCP server has no template: it stands beside the Python server, which has none either.</summary>
    public static readonly IReadOnlyList<string> OnEcs = ["gateway", "platform", "automation", "allinone"];
}
