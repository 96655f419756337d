using System.Text;
using Microsoft.Extensions.Logging;
using PyAirtable.Hosting.Logging;
using PyAirtable.Hosting.Reloading;
using PyAirtable.Hosting.Serving;
using PyAirtable.Hosting.Settings;
using PyAirtable.Hosting.Tests.Serving;
using PyAirtable.Testing;

namespace PyAirtable.Hosting.Tests.Reloading;

public sealed class SettingsReloadTests
{
    private readonly Dictionary<string, string> _values = new() { ["TAKEN"] = "1", ["LASTING"] = "1", ["KEY"] = "first-secret" };
    private readonly CapturedStream _output = new();
    private readonly LogSink _log;
    private readonly List<string> _given = [];

    public SettingsReloadTests() => _log = new LogSink(new LogOptions(LogLevel.Information, LogFormat.Json), _output, TimeProvider.System);

    [Fact]
    public async Task Request_SomethingChanged_GivesItToTheModulesAndNamesIt()
    {
        var reload = Create();
        _values["TAKEN"] = "2";
        _values["LASTING"] = "2";
        _values["KEY"] = "second-secret";

        reload.Request();

        Assert.Equal(["TAKEN LASTING KEY: second-secret"], _given);
        var log = await ReadLogAsync();
        Assert.Contains("settings taken over: TAKEN (Test), KEY (Test)", log, StringComparison.Ordinal);
        Assert.Contains("wait for a restart: LASTING (Test)", log, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_NothingChanged_LeavesTheModulesAlone()
    {
        var reload = Create();
        _values["TAKEN"] = "2";
        reload.Request();

        reload.Request();

        Assert.Single(_given);
        Assert.Contains("none has changed", await ReadLogAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_Mistake_LeavesTheModulesAloneAndSaysSoInOneLine()
    {
        var reload = Create();
        _values["TAKEN"] = "much";
        _values["KEY"] = "second-secret";

        reload.Request();

        Assert.Empty(_given);
        var line = Assert.Single((await ReadLogAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("settings stay as they were: TAKEN: ", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_ModuleFails_IsLoggedAndTriedAgain()
    {
        var reload = Create();
        _values["TAKEN"] = "13";

        reload.Request();
        _values["TAKEN"] = "14";
        reload.Request();

        Assert.Single(_given);
        Assert.Contains("settings could not be taken over", await ReadLogAsync(), StringComparison.Ordinal);
    }

    private SettingsReload Create() => new(Read(), [new ReloadedModule(_given)], Read, _log.CreateLogger("settings"));

    private SettingsReader Read()
    {
        var reader = new SettingsReader([SettingLayer.Of("test", new Dictionary<string, string>(_values))]) { Section = "Test" };
        reader.Number("TAKEN", 0, 0, 100, "");
        reader.Text("LASTING", "", "");
        reader.Keep(reader.Secret("KEY", "", ""));
        return reader;
    }

    private async Task<string> ReadLogAsync()
    {
        await _log.FlushAsync();
        return _output.Text;
    }

    private sealed class ReloadedModule(List<string> given) : TestModule("test", static _ => Task.CompletedTask), IServiceModule
    {
        IEnumerable<SettingEntry> IServiceModule.Reload(SettingsReader settings, IReadOnlyList<SettingEntry> changed)
        {
            if (changed[0].Value == "13")
            {
                throw new InvalidOperationException("not this one");
            }
            given.Add($"{string.Join(' ', changed.Select(entry => entry.Name))}: {settings.Kept<string>()}");
            return changed.Where(entry => entry.Name != "LASTING");
        }
    }
}
