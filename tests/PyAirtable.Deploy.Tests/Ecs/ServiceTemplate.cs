using System.Text.RegularExpressions;

namespace PyAirtable.Deploy.Tests.Ecs;

/// <summary>What <c>deploy/ecs/service.yaml</c> gives to containers.</summary>
internal static partial class ServiceTemplate
{
    // The conditions on Service, as the template has them; others may hold for all.
    private static readonly Dictionary<string, string[]> Conditions = new()
    {
        ["IsGateway"] = ["gateway"],
        ["IsFront"] = ["gateway", "allinone"],
        ["HasFiles"] = ["automation", "allinone"],
        ["HasDatabase"] = ["platform", "automation", "allinone"],
        ["HasRedis"] = ["gateway", "platform", "automation", "allinone"],
        ["HasTokens"] = ["gateway", "platform", "allinone"],
        ["HasCutover"] = ["gateway", "allinone"],
        ["HasTesters"] = ["gateway", "allinone"],
        ["HasTools"] = ["mcp", "allinone"],
        ["HasToolRules"] = ["mcp", "allinone"],
        ["CallsUpstreams"] = ["gateway", "automation", "allinone"],
        ["CallsAirtable"] = ["gateway", "automation", "mcp", "allinone"],
        ["CallsMcp"] = ["gateway", "automation"],
    };

    /// <summary>The template's text.</summary>
    public static string Text { get; } = Repository.Read("deploy/ecs/service.yaml");

    /// <summary>Variables given in plain text, with the services that get them.</summary>
    public static IReadOnlyList<(string Name, string[] Services)> Environment { get; } = Read("Environment", "Secrets");

    /// <summary>Variables given as secrets, with the services that get them.</summary>
    public static IReadOnlyList<(string Name, string[] Services)> Secrets { get; } = Read("Secrets", "LogConfiguration");

    /// <summary>The row of a mapping for a key: <c>{ a: 1, "b": 2 }</c> as pairs.</summary>
    public static Dictionary<string, string> Mapping(string mapping, string key)
    {
        var section = Text[Text.IndexOf($"\n  {mapping}:", StringComparison.Ordinal)..];
        var row = Regex.Match(section, $$"""^    "?{{key}}"?: \{ (.*) \}$""", RegexOptions.Multiline).Groups[1].Value;
        return row.Split(", ").Select(pair => pair.Split(": ")).ToDictionary(pair => pair[0].Trim('"'), pair => pair[1].Trim('"'));
    }

    private static List<(string, string[])> Read(string from, string until)
    {
        var section = Text[Text.IndexOf($"          {from}:\n", StringComparison.Ordinal)..Text.IndexOf($"          {until}:\n", StringComparison.Ordinal)];
        return [.. Variable().Matches(section).Select(match => (match.Groups["name"].Value, Conditions.GetValueOrDefault(match.Groups["condition"].Value) ?? [.. ServiceNames.OnEcs]))];
    }

    [GeneratedRegex(@"^            - (!If \[(?<condition>\w+), )?\{ Name: (?<name>[A-Z_]+), Value", RegexOptions.Multiline)]
    private static partial Regex Variable();
}
