using System.Text.RegularExpressions;

namespace PyAirtable.Deploy.Tests.Compose;

/// <summary><c>.env.example</c> has every variable that somebody reads, and no other.</summary>
public sealed partial class EnvironmentExampleTests
{
    /// <summary>Of no use in a container; and those that the three services have by file, while the all-in-one is on SQLite without Redis.</summary>
    private static readonly string[] LeftOut = ["NO_COLOR", "DATABASE_URL", "REDIS_URL", "REDIS_PASSWORD"];

    /// <summary>Read by Compose itself.</summary>
    private const string Profiles = "COMPOSE_PROFILES";

    private static readonly Dictionary<string, string> Lines =
        LinePattern().Matches(Repository.Read(".env.example")).ToDictionary(line => line.Groups[1].Value, line => line.Groups[2].Value);

    [Fact]
    public void Lines_EverySetting_IsThereOrSetByTheComposeFile()
    {
        var missing = from service in ComposeFile.Native
                      from setting in SettingsPage.Entries
                      where setting.Executable == service.Value.Executable && !LeftOut.Contains(setting.Name)
                      let environment = ComposeFile.EnvironmentOf(service.Key)
                      where !environment.ContainsKey(setting.Name) && !environment.ContainsKey(setting.Name + "_FILE") && !Lines.ContainsKey(setting.Name)
                      select $"# {setting.Name}={setting.Default}";

        AssertNone(missing.Distinct());
    }

    [Fact]
    public void Lines_EveryVariableOfTheComposeFile_IsThereWithItsDefault() =>
        AssertNone(ComposeFile.Variables.Where(variable => Lines.GetValueOrDefault(variable.Key) != variable.Value).Select(variable => $"# {variable.Key}={variable.Value}"));

    [Fact]
    public void Lines_All_AreKnownWithTheirDefaults()
    {
        var settings = SettingsPage.Entries.ToLookup(setting => setting.Name, setting => setting.Default);

        AssertNone(Lines.Where(line => line.Key != Profiles && !ComposeFile.Variables.ContainsKey(line.Key) && !settings[line.Key].Contains(line.Value)).Select(line => $"# {line.Key}={line.Value}"));
    }

    private static void AssertNone(IEnumerable<string> lines)
    {
        // Shown whole, as they are to be mended.
        var text = string.Join('\n', lines);
        Assert.True(text.Length == 0, text);
    }

    [GeneratedRegex("^# ([A-Z0-9_]+)=(.*)$", RegexOptions.Multiline)]
    private static partial Regex LinePattern();
}
