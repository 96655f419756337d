using System.Text.RegularExpressions;

namespace PyAirtable.Deploy.Tests.Compose;

/// <summary>A setting as <c>docs/settings.md</c> has it.</summary>
/// <param name="Executable">Whose it is.</param>
/// <param name="Name">The variable.</param>
/// <param name="Default">What holds where it is unset.</param>
internal sealed partial record SettingsPage(string Executable, string Name, string Default)
{
    /// <summary>All settings of all executables.</summary>
    public static IReadOnlyList<SettingsPage> Entries { get; } = [.. Read()];

    private static IEnumerable<SettingsPage> Read()
    {
        var executable = "";
        foreach (var line in Repository.Read("docs", "settings.md").Split('\n'))
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                executable = line[3..].Trim();
            }
            else if (RowPattern().Match(line) is { Success: true } row)
            {
                yield return new(executable, row.Groups[1].Value, row.Groups[2].Value.Trim('`'));
            }
        }
    }

    // | `NAME`<br>or `NAME_FILE` | `default` | …
    [GeneratedRegex(@"^\| `([A-Z0-9_]+)`[^|]* \| ([^|]*?) \|")]
    private static partial Regex RowPattern();
}
