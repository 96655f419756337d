using Microsoft.Extensions.Logging;
using PyAirtable.Hosting.Logging;

namespace PyAirtable.Hosting.Tests.Logging;

public sealed class RedactionTests
{
    [Theory]
    [InlineData("Password")]
    [InlineData("JwtSecret")]
    [InlineData("access_token")]
    [InlineData("ApiKey")]
    [InlineData("X-API-Key")]
    [InlineData("Authorization")]
    [InlineData("SetCookie")]
    public async Task Log_ValueOfSecretName_IsHiddenInValueAndText(string name)
    {
        await using var log = new LogHarness();
#pragma warning disable CA2254 // The template's name is what is tested.
        log.Logger.LogInformation("user {User} sent {" + name + "}!", "ann", "hunter2");
#pragma warning restore CA2254

        var text = await log.TextAsync();
        Assert.DoesNotContain("hunter2", text, StringComparison.Ordinal);
        Assert.Contains("user ann sent ***!", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_NumberOfSecretName_IsShown()
    {
        await using var log = new LogHarness();
        log.Logger.LogInformation("{TokensUsed} tokens", 42);

        Assert.Equal(42, (await log.OnlyLineAsync()).GetProperty("tokens_used").GetInt32());
    }

    [Theory]
    [InlineData("redis://user:hunter2@cache:6379/1", "redis://:***@cache:6379/1")]
    [InlineData("at postgres://u:hun@ter2@db/x and redis://h", "at postgres://:***@db/x and redis://h")]
    [InlineData("Host=db;Password=hunter2;Pooling=true", "Host=db;Password=***;Pooling=true")]
    [InlineData("/reset?token=hunter2&next=a", "/reset?token=***&next=a")]
    [InlineData("password=hunter2", "password=***")]
    public async Task Log_SecretInsideText_IsMasked(string value, string expected)
    {
        await using var log = new LogHarness();
        log.Logger.LogInformation("connect to {Target}", value);

        var line = await log.OnlyLineAsync();
        Assert.Equal(expected, line.GetProperty("target").GetString());
        Assert.Equal("connect to " + expected, line.GetProperty("msg").GetString());
    }

    [Theory]
    [InlineData("a=b&c=d")]
    [InlineData("http://host:8000/x?email=a@b")]
    [InlineData("=")]
    [InlineData("password=")]
    public void Text_NothingSecret_IsTheSame(string text) => Assert.Same(text, Redaction.Text(text));
}
