using PyAirtable.Hosting.Settings;

namespace PyAirtable.Mcp.Tests;

public sealed class McpSettingsTests
{
    [Fact]
    public void Read_NoKeyAtAll_IsAFault() =>
        Assert.Contains(Read([]).Errors, error => error.ToString().Contains("AIRTABLE_GATEWAY_API_KEY", StringComparison.Ordinal));

    [Fact]
    public void Read_NoKeyOfAirtable_TakesTheOwn()
    {
        var (settings, errors) = Read(new() { ["API_KEY"] = "own" });

        Assert.Empty(errors);
        Assert.Equal("own", settings.AirtableKey);
    }

    [Theory]
    [InlineData("other=list_tables")]
    [InlineData("own=list_tables,!get_records")]
    [InlineData("list_tables")]
    [InlineData("own=a;own=b")]
    public void Read_RulesThatMeanNothing_AreAFault(string rules) =>
        Assert.Contains(Read(new() { ["API_KEY"] = "own", ["MCP_TOOL_RULES"] = rules }).Errors, error => error.ToString().Contains("MCP_TOOL_RULES", StringComparison.Ordinal));

    [Fact]
    public void Read_Defaults_AreTheContracts()
    {
        var (settings, _) = Read(new() { ["API_KEY"] = "own" });

        Assert.Equal((8001, "airtable-mcp", "1.0.0", "http://localhost:8002", "", 5), (settings.Listen.Port, settings.Name, settings.Version, settings.AirtableUrl, settings.PythonUrl, settings.AirtableRateLimit));
        Assert.Equal(9, settings.NativeTools.Count);
    }

    private static (McpSettings Settings, IReadOnlyList<SettingError> Errors) Read(Dictionary<string, string> values)
    {
        var reader = new SettingsReader([SettingLayer.Of("test", values)]);
        return (McpSettings.Read(reader), reader.Errors);
    }
}
