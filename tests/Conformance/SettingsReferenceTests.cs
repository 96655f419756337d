using PyAirtable.Testing;

namespace PyAirtable.Conformance;

/// <summary><c>docs/settings.md</c> is what the executables say of themselves.</summary>
public sealed class SettingsReferenceTests
{
    [Fact]
    public async Task SettingsPage_Committed_IsCurrent()
    {
        var folder = Directory.CreateTempSubdirectory("reference-").FullName;
        var page = await File.ReadAllTextAsync(Path.Combine(PublishedExecutable.Root, "docs", "settings.md"));

        foreach (var executable in (string[])[PublishedExecutable.AllInOne, PublishedExecutable.Gateway, PublishedExecutable.Platform, PublishedExecutable.Automation, PublishedExecutable.Mcp])
        {
            var (code, output, _) = await ExecutableProcess.RunAsync(executable, folder, new Dictionary<string, string>(), "config", "reference");

            Assert.Equal(0, code);
            Assert.True(page.Contains(output, StringComparison.Ordinal), $"docs/settings.md is not current; build/settings-page.sh writes it:\n{output}");
        }
        Directory.Delete(folder);
    }
}
