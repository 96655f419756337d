using PyAirtable.Testing;
using YamlDotNet.Serialization;

namespace PyAirtable.Deploy.Tests;

/// <summary>Files of the repository, and executables as this build made them.</summary>
internal static class Repository
{
    private static readonly IDeserializer Yaml = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build();

    /// <summary>The path of a file.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([PublishedExecutable.Root, .. parts]);

    /// <summary>The text of a file.</summary>
    public static string Read(params string[] parts) => File.ReadAllText(PathOf(parts));

    /// <summary>A YAML file as dictionaries, lists and scalars, anchors and merges resolved.</summary>
    public static Dictionary<object, object?> ReadYaml(params string[] parts) => ParseYaml(Read(parts));

    /// <inheritdoc cref="ReadYaml"/>
    public static Dictionary<object, object?> ParseYaml(string text) =>
        Yaml.Deserialize<Dictionary<object, object?>>(new YamlDotNet.Core.MergingParser(new YamlDotNet.Core.Parser(new StringReader(text))));

    /// <summary>An executable that was built along with this project, such as <c>Gateway</c>'s: not native, so it starts more slowly.</summary>
    public static string Executable(string project, string name) =>
        PathOf("artifacts", "bin", "PyAirtable." + project, Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/')), name);

    /// <summary>Environment by which such an executable finds the runtime, where that is not where a system has it.</summary>
    public static Dictionary<string, string> RuntimeEnvironment() =>
        Environment.GetEnvironmentVariable("DOTNET_ROOT") is { Length: > 0 } root ? new() { ["DOTNET_ROOT"] = root } : [];
}
