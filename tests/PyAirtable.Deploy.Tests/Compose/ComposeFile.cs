using System.Text.RegularExpressions;
using PyAirtable.Testing;

namespace PyAirtable.Deploy.Tests.Compose;

/// <summary><c>docker-compose.yml</c>: as it is written, and as the tool resolves it.</summary>
internal static partial class ComposeFile
{
    /// <summary>Services that are our executables: project and file name of each.</summary>
    public static IReadOnlyDictionary<string, (string Project, string Executable)> Native { get; } = new Dictionary<string, (string, string)>
    {
        ["all-in-one"] = ("AllInOne", "pyairtable"),
        ["gateway"] = ("Gateway", "pyairtable-gateway"),
        ["platform-services"] = ("Platform", "pyairtable-platform"),
        ["automation-services"] = ("Automation", "pyairtable-automation"),
        ["mcp-server"] = ("Mcp", "pyairtable-mcp"),
    };

    /// <summary>Its services, with their anchors merged in and variables as they stand.</summary>
    public static IReadOnlyDictionary<string, Dictionary<object, object?>> Services { get; } =
        ((Dictionary<object, object?>)Repository.ReadYaml("docker-compose.yml")["services"]!).ToDictionary(entry => (string)entry.Key, entry => (Dictionary<object, object?>)entry.Value!);

    /// <summary>The variables of <c>.env</c> that it takes, each with what holds where one is unset.</summary>
    public static IReadOnlyDictionary<string, string> Variables { get; } = VariablePattern().Matches(Repository.Read("docker-compose.yml"))
        .Select(found => (Name: found.Groups[1].Value, Default: found.Groups[2].Value)).Distinct().ToDictionary(entry => entry.Name, entry => entry.Default);

    /// <summary>A service's environment.</summary>
    public static Dictionary<string, string> EnvironmentOf(string service) => Strings(Services[service]["environment"]);

    /// <summary>Runs <c>docker-compose config</c> in a folder with the file, and <c>.env.example</c> as its <c>.env</c>.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> ConfigureAsync()
    {
        var folder = Directory.CreateTempSubdirectory("compose-").FullName;
        File.Copy(Repository.PathOf("docker-compose.yml"), Path.Combine(folder, "docker-compose.yml"));
        await File.WriteAllTextAsync(Path.Combine(folder, ".env"), Repository.Read(".env.example"));
        // The Python services' folders are not there.
        var contexts = Variables.Keys.Where(static name => name.EndsWith("_CONTEXT", StringComparison.Ordinal)).ToDictionary(static name => name, static _ => ".");
        var result = await ExecutableProcess.RunAsync(
            "docker-compose", folder, contexts, "--profile", "all-in-one", "--profile", "hybrid", "--profile", "python", "--profile", "observability", "config");
        Directory.Delete(folder, recursive: true);
        return result;
    }

    /// <summary>Keys and values of a YAML mapping as text.</summary>
    public static Dictionary<string, string> Strings(object? mapping) =>
        ((Dictionary<object, object?>)mapping!).ToDictionary(entry => (string)entry.Key, entry => Convert.ToString(entry.Value, System.Globalization.CultureInfo.InvariantCulture) ?? "");

    [GeneratedRegex(@"\$\{([A-Z0-9_]+):-([^}]*)\}")]
    private static partial Regex VariablePattern();
}
