using PyAirtable.Hosting.Settings;

namespace PyAirtable.AllInOne.Tests;

public sealed class GeneratedSecretsTests : IDisposable
{
    private readonly string _data = Path.Combine(Path.GetTempPath(), $"secrets-{Guid.NewGuid():N}");

    public void Dispose()
    {
        if (Directory.Exists(_data))
        {
            Directory.Delete(_data, recursive: true);
        }
    }

    [Fact]
    public void Layer_NothingThere_MakesSecretsInMemoryOnly()
    {
        var (settings, _) = Read();

        Assert.Equal(64, settings.Secret("API_KEY", "", "").Length);
        Assert.NotEqual(settings.Secret("API_KEY", "", ""), settings.Secret("JWT_SECRET", "", ""));
        Assert.False(Directory.Exists(_data));
    }

    [Fact]
    public void Save_Made_IsFoundAgain()
    {
        var (first, secrets) = Read();
        var key = first.Secret("API_KEY", "", "");
        secrets.Save();

        var (second, _) = Read();

        Assert.Equal(key, second.Secret("API_KEY", "", ""));
    }

    [Fact]
    public void Save_Made_IsForTheOwnerOnly()
    {
        var (settings, secrets) = Read();
        settings.Secret("API_KEY", "", "");
        secrets.Save();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_data, "secrets", "api_key")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(_data, "secrets")));
    }

    [Fact]
    public void Save_GivenByTheUser_WritesNothing()
    {
        var (settings, secrets) = Read(("API_KEY", "mine"), ("JWT_SECRET", "mine too"));
        settings.Secret("API_KEY", "", "");
        settings.Secret("JWT_SECRET", "", "");
        secrets.Save();

        Assert.False(Directory.Exists(_data));
        Assert.Equal(new BannerKey("as set in API_KEY", "$API_KEY"), secrets.KeyForBanner);
    }

    [Fact]
    public void Layer_GivenByFile_YieldsToIt()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "from a file\n");

        var (settings, secrets) = Read(("JWT_SECRET_FILE", file));

        Assert.Equal("from a file", settings.Secret("JWT_SECRET", "", ""));
        Assert.Empty(settings.Errors);
        secrets.Save();
        Assert.False(Directory.Exists(_data));
        File.Delete(file);
    }

    [Fact]
    public void KeyForBanner_FirstStart_ShowsTheKeyAndLaterWhereItIs()
    {
        var (settings, secrets) = Read();
        var key = settings.Secret("API_KEY", "", "");
        secrets.Save();
        var (later, kept) = Read();
        later.Secret("API_KEY", "", "");

        Assert.StartsWith(key, secrets.KeyForBanner.Text, StringComparison.Ordinal);
        Assert.Equal($"kept in {Path.Combine(_data, "secrets", "api_key")}", kept.KeyForBanner.Text);
    }

    [Fact]
    public void Layer_OtherNames_AreNotMade() => Assert.Equal("", Read().Settings.Text("REDIS_URL", "", ""));

    private (SettingsReader Settings, GeneratedSecrets Secrets) Read(params (string Name, string Value)[] environment)
    {
        var layer = SettingLayer.Of("environment", environment.Append((Name: "DATA_DIR", Value: _data)).ToDictionary(entry => entry.Name, entry => entry.Value));
        var secrets = GeneratedSecrets.For([layer]);
        return (new SettingsReader([layer, secrets.Layer]), secrets);
    }
}
