namespace PyAirtable.Hosting.Settings;

/// <summary>The settings as a table for people.</summary>
internal static class SettingsListing
{
    public static async Task WriteAsync(TextWriter output, IReadOnlyList<SettingEntry> entries)
    {
        foreach (var section in entries.GroupBy(entry => entry.Section))
        {
            await output.WriteLineAsync($"# {section.Key}");
            foreach (var entry in section.DistinctBy(entry => entry.Name))
            {
                await output.WriteLineAsync($"{entry.Name,-32} {entry.Display,-40} {entry.Origin}");
            }
        }
    }
}
