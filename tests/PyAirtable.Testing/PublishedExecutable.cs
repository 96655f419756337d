namespace PyAirtable.Testing;

/// <summary>The native executables that <c>build/publish.sh</c> made.</summary>
public static class PublishedExecutable
{
    /// <summary>The all-in-one.</summary>
    public static string AllInOne => Find("AllInOne", "pyairtable");

    /// <summary>The gateway.</summary>
    public static string Gateway => Find("Gateway", "pyairtable-gateway");

    /// <summary>The platform.</summary>
    public static string Platform => Find("Platform", "pyairtable-platform");

    /// <summary>The automation service.</summary>
    public static string Automation => Find("Automation", "pyairtable-automation");

    /// <summary>The MCP server.</summary>
    public static string Mcp => Find("Mcp", "pyairtable-mcp");

    /// <summary>The repository's root: the nearest folder above the tests that holds the solution.</summary>
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    private static string Find(string project, string name)
    {
        var path = Path.Combine(Root, "artifacts", "publish", project, name);
        return File.Exists(path) ? path : throw new FileNotFoundException($"{path} is missing; build/publish.sh {project} makes it", path);
    }

    private static string FindRoot(string folder) =>
        File.Exists(Path.Combine(folder, "PyAirtable.sln"))
            ? folder
            : FindRoot(Path.GetDirectoryName(folder.TrimEnd('/')) ?? throw new DirectoryNotFoundException("PyAirtable.sln is in no folder above the tests"));
}
