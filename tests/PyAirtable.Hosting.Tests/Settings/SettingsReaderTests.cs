using PyAirtable.Hosting.Settings;

namespace PyAirtable.Hosting.Tests.Settings;

public sealed class SettingsReaderTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void Number_Unset_TakesDefault()
    {
        var settings = Reader([]);

        Assert.Equal(8007, settings.Number("PORT", 8007, 0, 65535, "Port."));
        Assert.Equal("default", settings.Entries[0].Origin);
        Assert.Empty(settings.Errors);
    }

    [Fact]
    public void Number_Empty_CountsAsUnset() => Assert.Equal(5, Reader(new() { ["A"] = "" }).Number("A", 5, 0, 9, ""));

    [Theory]
    [InlineData("x")]
    [InlineData("1.5")]
    [InlineData("-1")]
    [InlineData("65536")]
    [InlineData("99999999999999999999")]
    public void Number_Bad_NamesVariableFaultAndRange(string text)
    {
        var settings = Reader(new() { ["PORT"] = text });

        Assert.Equal(1, settings.Number("PORT", 1, 0, 65535, ""));
        Assert.Equal($"PORT: \"{text}\" is not valid; takes a whole number from 0 to 65535", settings.Errors.Single().ToString());
    }

    [Fact]
    public void Read_SeveralMistakes_ReportsAll()
    {
        var settings = Reader(new() { ["A"] = "x", ["B"] = "maybe", ["C"] = "10XB" });

        settings.Number("A", 1, 0, 9, "");
        settings.Flag("B", true, "");
        settings.Size("C", "1MB", 0, long.MaxValue, "");

        Assert.Equal(["A", "B", "C"], settings.Errors.Select(error => error.Name));
    }

    [Fact]
    public void Read_NameAndAlias_NameWins()
    {
        var settings = Reader(new() { ["NEW"] = "1", ["OLD"] = "2" });

        Assert.Equal("1", settings.Text("NEW", "", "", "OLD"));
    }

    [Fact]
    public void Read_AliasAlone_IsTakenAndNamedInOriginAndError()
    {
        var settings = Reader(new() { ["OLD"] = "x" });

        settings.Number("NEW", 1, 0, 9, "", "OLD");

        Assert.Equal("environment (OLD)", settings.Entries[0].Origin);
        Assert.Equal("OLD", settings.Errors.Single().Name);
    }

    [Fact]
    public void Read_TwoLayers_EarlierWins()
    {
        var settings = new SettingsReader([SettingLayer.Of("first", Map(("A", "1"))), SettingLayer.Of("second", Map(("A", "2"), ("B", "3")))]);

        Assert.Equal("1", settings.Text("A", "", ""));
        Assert.Equal("3", settings.Text("B", "", ""));
        Assert.Equal(["first", "second"], settings.Entries.Select(entry => entry.Origin));
    }

    [Fact]
    public void Secret_FromFile_IsReadWithoutLineEnd()
    {
        File.WriteAllText(_file, "s3cret\n");
        var settings = Reader(new() { ["KEY_FILE"] = _file });

        Assert.Equal("s3cret", settings.Secret("KEY", "", ""));
        Assert.Equal($"file {_file}", settings.Entries[0].Origin);
    }

    [Theory]
    [InlineData("/no/such/file")]
    [InlineData("/proc/self/mem")]
    public void Secret_FileUnreadable_IsReported(string path)
    {
        var settings = Reader(new() { ["KEY_FILE"] = path });

        settings.Secret("KEY", "", "");

        Assert.Equal("KEY_FILE", settings.Errors.Single().Name);
    }

    [Fact]
    public void Secret_BothForms_IsReported()
    {
        File.WriteAllText(_file, "a");
        var settings = Reader(new() { ["KEY"] = "b", ["KEY_FILE"] = _file });

        settings.Secret("KEY", "", "");

        Assert.Equal("KEY: both KEY and KEY_FILE are set; takes one of the two", settings.Errors.Single().ToString());
    }

    [Fact]
    public void Secret_Shown_IsMasked()
    {
        var settings = Reader(new() { ["KEY"] = "s3cret" });

        settings.Secret("KEY", "", "");

        Assert.Equal("***", settings.Entries[0].Display);
    }

    [Fact]
    public void Secret_Bad_IsNotQuoted()
    {
        var settings = Reader(new() { ["KEY"] = "s3cret" });

        settings.Read(new Setting("KEY", "", "nothing") { IsSecret = true }, "", (string text, out string value) => (value = text).Length == 0);

        Assert.DoesNotContain("s3cret", settings.Errors.Single().ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Url_WithPassword_IsMaskedWhenShownAndInErrors()
    {
        var settings = Reader(new() { ["U"] = "http://user:s3cret@host" });

        settings.Url("U", "http://localhost", "");

        Assert.Equal("http://user:***@host", settings.Entries[0].Display);
        Assert.DoesNotContain("s3cret", settings.Errors.Single().ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Choice_AnyCase_GivesTheWordAsDeclared() => Assert.Equal("json", Reader(new() { ["F"] = "JSON" }).Choice("F", "auto", "", "auto", "json"));

    [Fact]
    public void Fail_SeveralMistakesOfOneSetting_ReportsTheFirst()
    {
        var settings = Reader(new() { ["KEY_FILE"] = "/no/such/file" });

        settings.Secret("KEY", "", "");
        settings.Fail("KEY", "is not set", "a key");
        settings.Fail("KEY", "is short", "a key");

        Assert.Equal("KEY_FILE", settings.Errors.Single().Name);
    }

    private static SettingsReader Reader(Dictionary<string, string> environment) => new([SettingLayer.Of("environment", environment)]);

    private static Dictionary<string, string> Map(params (string Name, string Value)[] entries) => entries.ToDictionary(entry => entry.Name, entry => entry.Value);
}
