using PyAirtable.Gateway.Cutover;
using PyAirtable.Hosting.Settings;

namespace PyAirtable.Gateway.Tests.Cutover;

public sealed class CutoverSettingsTests
{
    private const string Side = "CUTOVER_PLATFORM_PYTHON_URL";

    [Fact]
    public void Read_Nothing_HasNoGroups()
    {
        var (settings, errors) = Read();

        Assert.Empty(errors);
        Assert.Empty(settings.Groups);
        Assert.Equal((0, "", ""), (settings.Shadow.Percent, settings.AdminKey, settings.TestKey));
    }

    [Fact]
    public void Read_OneSide_TakesTheOtherFromTheUsualSetting()
    {
        var (settings, errors) = Read((Side, "http://a:1,http://b:2"), ("CUTOVER_PLATFORM_WEIGHT", "10"), ("CUTOVER_CHAT_NATIVE_URL", "http://c:3"));

        Assert.Empty(errors);
        Assert.Equal(
            ["chat 0 llm-orchestrator llm-orchestrator-native", "platform 10 platform-services-python platform-services"],
            settings.Groups.Select(group => $"{group.Name} {group.Weight} {group.Python.Name} {group.Native.Name}"));
        Assert.Equal("http://a:1,http://b:2", settings.Groups[1].Python.BaseUrl);
    }

    [Fact]
    public void Read_Parts_HasTheLongestPathFirst()
    {
        var (settings, errors) = Read((Side, "http://a:1"), ("CUTOVER_PATHS", "/api/platform/auth=25, /api/platform/auth/login=0"));

        Assert.Empty(errors);
        Assert.Equal(["/api/platform/auth/login 0", "/api/platform/auth 25", "platform 0"], settings.Groups.Select(group => $"{group.Name} {group.Weight}"));
        Assert.True(settings.Groups[1].Matches("/api/platform/auth/x"));
        Assert.False(settings.Groups[1].Matches("/api/platform/authors"));
    }

    [Theory]
    [InlineData("CUTOVER_PLATFORM_PYTHON_URL", "ftp://x")]
    [InlineData("CUTOVER_PLATFORM_WEIGHT", "101")]
    [InlineData("CUTOVER_PATHS", "/api/platform/auth")]
    [InlineData("CUTOVER_PATHS", "/api/platform/auth=101")]
    [InlineData("CUTOVER_PATHS", "/api/platform/a=1,/api/platform/a=2")]
    [InlineData("CUTOVER_PATHS", "/api/automation=10")]
    [InlineData("CUTOVER_PATHS", "/elsewhere=10")]
    [InlineData("CUTOVER_ADMIN_KEY", "short")]
    [InlineData("CUTOVER_TEST_KEY", "short")]
    [InlineData("CUTOVER_SHADOW_PERCENT", "101")]
    [InlineData("CUTOVER_SHADOW_PERCENT", "NaN")]
    [InlineData("CUTOVER_SHADOW_ALSO", "/api/platform/auth/verify")]
    [InlineData("CUTOVER_SHADOW_ALSO", "GET /x")]
    [InlineData("CUTOVER_GUARD_WINDOW", "0s")]
    public void Read_AMistake_NamesIt(string name, string value)
    {
        var (_, errors) = Read((Side, "http://a:1"), (name, value));

        Assert.Equal(name, Assert.Single(errors).Name);
        Assert.DoesNotContain("short\"", errors[0].ToString(), StringComparison.Ordinal);
    }

    private static (CutoverSettings Settings, IReadOnlyList<SettingError> Errors) Read(params (string Name, string Value)[] values)
    {
        var all = new Dictionary<string, string> { ["API_KEY"] = "key" };
        foreach (var (name, value) in values)
        {
            all[name] = value;
        }
        var reader = new SettingsReader([SettingLayer.Of("test", all)]);
        var settings = GatewaySettings.Read(reader, ProcessSettings.Read(reader, 0));
        return (settings.Cutover, reader.Errors);
    }
}
