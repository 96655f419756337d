using PyAirtable.Hosting.Settings;

namespace PyAirtable.Platform.Tests;

public sealed class PlatformSettingsTests
{
    private const string LongSecret = "0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("JWT_EXPIRES_IN", "1w")]
    [InlineData("JWT_EXPIRES_IN", "1.5h")]
    [InlineData("JWT_EXPIRES_IN", "0")]
    [InlineData("JWT_EXPIRES_IN", "-5m")]
    [InlineData("JWT_EXPIRES_IN", "5000ms")]
    [InlineData("JWT_ALGORITHM", "none")]
    [InlineData("JWT_ALGORITHM", "RS256")]
    [InlineData("REQUIRE_API_KEY", "maybe")]
    [InlineData("API_KEY_ALLOW_MISSING", "2")]
    [InlineData("PASSWORD_MIN_LENGTH", "eight")]
    [InlineData("PASSWORD_HASH_ROUNDS", "3")]
    [InlineData("PASSWORD_HASH_ROUNDS", "32")]
    [InlineData("REFRESH_TOKEN_EXPIRES_IN", "0")]
    [InlineData("REFRESH_TOKEN_EXPIRES_IN", "1w")]
    [InlineData("REFRESH_TOKEN_REUSE_INTERVAL", "-1")]
    [InlineData("REFRESH_TOKEN_REUSE_INTERVAL", "10s")]
    [InlineData("RATE_LIMIT_RPM", "many")]
    [InlineData("ANALYTICS_RETENTION_ENABLED", "maybe")]
    [InlineData("ANALYTICS_RETENTION_DAYS", "0")]
    [InlineData("ANALYTICS_RETENTION_DAYS", "ninety")]
    [InlineData("METRICS_PATH", "metrics")]
    [InlineData("METRICS_PATH", "/{path}")]
    [InlineData("METRICS_PATH", "/health")]
    public void Read_WrongValue_IsReported(string name, string value) =>
        Assert.Equal([name], Errors(new() { [name] = value }));

    [Theory]
    [InlineData("24h", 86400)]
    [InlineData("86400", 86400)]
    [InlineData("30s", 30)]
    [InlineData("15M", 900)]
    [InlineData("7d", 604800)]
    [InlineData("", 86400)]
    public void Read_Lifetime_IsUnderstoodInBothSyntaxes(string text, int seconds) =>
        Assert.Equal(seconds, Read(new() { ["JWT_EXPIRES_IN"] = text }).Settings.Tokens.Lifetime.TotalSeconds);

    [Theory]
    [InlineData(null, null, "JWT_SECRET API_KEY")]
    [InlineData("", "", "JWT_SECRET API_KEY")]
    [InlineData("short", "key", "JWT_SECRET")]
    [InlineData("default-jwt-secret-change-in-production", "default-api-key-change-in-production", "JWT_SECRET API_KEY")]
    [InlineData(LongSecret, "key", "")]
    public void Read_Production_DemandsSecrets(string? secret, string? key, string faulty)
    {
        var settings = new Dictionary<string, string> { ["ENVIRONMENT"] = "production" };
        Add("JWT_SECRET", secret);
        Add("API_KEY", key);

        Assert.Equal(faulty.Split(' ', StringSplitOptions.RemoveEmptyEntries), Errors(settings));

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                settings[name] = value;
            }
        }
    }

    [Fact]
    public void Read_ProductionWithoutApiKeyCheck_NeedsNoKey() =>
        Assert.Empty(Errors(new() { ["ENVIRONMENT"] = "production", ["JWT_SECRET"] = LongSecret, ["REQUIRE_API_KEY"] = "no" }));

    [Fact]
    public void Read_Nothing_HasTheContractsDefaults()
    {
        var (settings, errors) = Read([]);

        Assert.Empty(errors);
        Assert.Equal(8007, settings.Listen.Port);
        Assert.True(settings.RequireApiKey);
        Assert.False(settings.AllowMissingApiKey);
        Assert.Equal((8, 12, "/internal/metrics"), (settings.PasswordMinLength, settings.PasswordHashRounds, settings.MetricsPath));
        Assert.Equal((TimeSpan.FromDays(7), TimeSpan.FromSeconds(10)), (settings.Sessions.Lifetime, settings.Sessions.ReuseInterval));
        Assert.Equal(0, settings.RateLimitPerMinute);
        Assert.Empty(settings.AdminEmails);
        Assert.Equal(["*"], settings.CorsOrigins);
        Assert.Equal(["*"], settings.AllowedHosts);
    }

    private static IEnumerable<string> Errors(Dictionary<string, string> values) => Read(values).Errors.Select(error => error.Name);

    private static (PlatformSettings Settings, IReadOnlyList<SettingError> Errors) Read(Dictionary<string, string> values)
    {
        var reader = new SettingsReader([SettingLayer.Of("test", values)]);
        return (PlatformSettings.Read(reader, ProcessSettings.Read(reader, managementPort: 0)), reader.Errors);
    }
}
