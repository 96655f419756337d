namespace PyAirtable.Hosting.Settings;

/// <summary>The settings as Markdown tables: the source of <c>docs/settings.md</c>.</summary>
internal static class SettingsReference
{
    public static async Task WriteAsync(TextWriter output, string executable, IReadOnlyList<SettingEntry> entries)
    {
        await output.WriteLineAsync($"## {executable}");
        foreach (var section in entries.GroupBy(entry => entry.Section))
        {
            await output.WriteLineAsync($"\n### {section.Key}\n\n| Variable | Default | Takes | Meaning |\n| --- | --- | --- | --- |");
            foreach (var entry in section.DistinctBy(entry => entry.Name))
            {
                await output.WriteLineAsync($"| {Names(entry)} | {Default(entry)} | {Cell(entry.Accepts)} | {Cell(entry.Description)} |");
            }
        }
    }

    private static string Names(SettingEntry entry)
    {
        var aliases = entry.Aliases.Count == 0 ? "" : $"<br>also {string.Join(", ", entry.Aliases.Select(Code))}";
        return $"{Code(entry.Name)}{(entry.IsSecret ? $"<br>or {Code(entry.Name + "_FILE")}" : "")}{aliases}";
    }

    // An executable's own default stands above the setting's.
    private static string Default(SettingEntry entry) =>
        entry.Origin == "default" ? Code(entry.Default) : entry.IsSecret ? Cell(entry.Origin) : Code(entry.Value);

    private static string Code(string text) => text.Length == 0 ? "" : $"`{Cell(text)}`";

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
