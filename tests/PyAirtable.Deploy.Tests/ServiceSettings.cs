using System.Text.RegularExpressions;

namespace PyAirtable.Deploy.Tests;

/// <summary><c>docs/settings.md</c>, by executable.</summary>
internal static partial class ServiceSettings
{
    private static readonly Dictionary<string, string> Sections = new()
    {
        ["allinone"] = "pyairtable", ["gateway"] = "pyairtable-gateway", ["platform"] = "pyairtable-platform", ["automation"] = "pyairtable-automation", ["mcp"] = "pyairtable-mcp",
    };

    /// <summary>The settings of an executable by name, other names of the same included.</summary>
    /// <param name="service">As <c>SERVICE</c> of Dockerfile.aot has it.</param>
    public static Dictionary<string, Setting> Of(string service)
    {
        var page = Repository.Read("docs", "settings.md");
        var section = page.Split("\n## ").Single(part => part.StartsWith(Sections[service] + "\n", StringComparison.Ordinal));
        var settings = new Dictionary<string, Setting>();
        foreach (Match row in Row().Matches(section))
        {
            var names = Name().Matches(row.Groups["names"].Value).Select(match => match.Value).ToArray();
            foreach (var name in names.Where(name => !name.EndsWith("_FILE", StringComparison.Ordinal) || name == names[0]))
            {
                settings[name] = new(name, row.Groups["fallback"].Value.Trim('`'), names.Contains(name + "_FILE"));
            }
        }
        return settings;
    }

    /// <summary>A row of the page.</summary>
    /// <param name="Name">The variable.</param>
    /// <param name="Default">Its default, as text.</param>
    /// <param name="IsSecret">Whether it may be given by file.</param>
    public sealed record Setting(string Name, string Default, bool IsSecret);

    [GeneratedRegex(@"^\| (?<names>`[^|]*) \| (?<fallback>[^|]*) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("(?<=`)[A-Z][A-Z0-9_]+(?=`)")]
    private static partial Regex Name();
}
