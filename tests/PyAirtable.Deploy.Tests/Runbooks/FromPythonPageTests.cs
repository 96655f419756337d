using System.Text.Json;
using PyAirtable.Deploy.Tests.Compose;

namespace PyAirtable.Deploy.Tests.Runbooks;

/// <summary><c>docs/from-python.md</c> leaves no setting and no route out.</summary>
public sealed class FromPythonPageTests
{
    private static readonly string Page = Repository.Read("docs", "from-python.md");

    [Fact]
    public void Page_EverySetting_IsNamed() =>
        Assert.Equal("", string.Join('\n', SettingsPage.Entries.Select(setting => setting.Name).Distinct().Where(name => !Page.Contains($"`{name}`", StringComparison.Ordinal))));

    [Theory]
    [InlineData("Gateway")]
    [InlineData("Platform")]
    [InlineData("Automation")]
    [InlineData("Mcp")]
    public void Page_EveryRoute_IsNamed(string project)
    {
        using var document = JsonDocument.Parse(Repository.Read("src", "PyAirtable." + project, "openapi.json"));

        Assert.Equal("", string.Join('\n', document.RootElement.GetProperty("paths").EnumerateObject().Select(path => path.Name).Where(path => !Page.Contains($"{path}`", StringComparison.Ordinal))));
    }
}
