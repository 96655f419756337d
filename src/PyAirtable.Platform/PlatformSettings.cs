using PyAirtable.Hosting.Security;
using PyAirtable.Hosting.Settings;
using PyAirtable.Platform.Passwords;
using PyAirtable.Platform.Retention;
using PyAirtable.Platform.Sessions;

namespace PyAirtable.Platform;

/// <summary>Settings of the platform service (platform contract 6.1 and 6.4).</summary>
public sealed record PlatformSettings
{
    /// <summary>Where its settings stand among those of other modules.</summary>
    public const string Section = "Platform";

    private const string DefaultApiKey = "default-api-key-change-in-production";
    private const string DefaultJwtSecret = "default-jwt-secret-change-in-production";
    private const int ShortestProductionSecret = 32;
    private const int HighestRate = 60_000_000;
    private static readonly TimeSpan LongestLifetime = TimeSpan.FromDays(3650);

    /// <summary>Where it listens.</summary>
    public required ListenSettings Listen { get; init; }

    /// <summary><c>API_KEY</c>: the key that clients send.</summary>
    public required string ApiKey { get; init; }

    /// <summary><see cref="ApiKey"/>, and those valid beside it by <c>API_KEYS</c>.</summary>
    public required IReadOnlyList<string> ClientKeys { get; init; }

    /// <summary><c>REQUIRE_API_KEY</c>: false never looks at keys.</summary>
    public required bool RequireApiKey { get; init; }

    /// <summary><c>API_KEY_ALLOW_MISSING</c>: lets requests without a key pass, as the Python service did (D-1).</summary>
    public required bool AllowMissingApiKey { get; init; }

    /// <summary>How tokens are made and checked.</summary>
    public required JwtOptions Tokens { get; init; }

    /// <summary>How long sessions last.</summary>
    public required SessionOptions Sessions { get; init; }

    /// <summary><c>ADMIN_EMAILS</c>: addresses of admins.</summary>
    public required IReadOnlyList<string> AdminEmails { get; init; }

    /// <summary><c>RATE_LIMIT_RPM</c>: requests per minute and client; 0 or less for any number.</summary>
    public required int RateLimitPerMinute { get; init; }

    /// <summary><c>CORS_ORIGINS</c>: origins whose pages may call, or <c>*</c>.</summary>
    public required IReadOnlyList<string> CorsOrigins { get; init; }

    /// <summary><c>ALLOWED_HOSTS</c>: host names that it answers to, or <c>*</c>.</summary>
    public required IReadOnlyList<string> AllowedHosts { get; init; }

    /// <summary><c>PASSWORD_MIN_LENGTH</c>: code points that a new password has at least.</summary>
    public required int PasswordMinLength { get; init; }

    /// <summary><c>PASSWORD_HASH_ROUNDS</c>: bcrypt's cost, the logarithm to base 2 of its iterations.</summary>
    public required int PasswordHashRounds { get; init; }

    /// <summary>Path of the Prometheus metrics; null when <c>METRICS_ENABLED</c> is false.</summary>
    public required string? MetricsPath { get; init; }

    /// <summary>Whether and when old events and metrics are deleted.</summary>
    internal RetentionSettings Retention { get; private init; } = new(false, 0);

    /// <summary>Reads them. <paramref name="portName"/> is the variable of its port: <c>PORT</c>, or one of its own in the all-in-one.</summary>
    public static PlatformSettings Read(SettingsReader settings, ProcessSettings process, string portName = "PORT")
    {
        settings.Section = Section;
        var key = settings.Secret("API_KEY", DefaultApiKey, "The key that clients send in X-API-Key.");
        var read = new PlatformSettings
        {
            Listen = ListenSettings.Read(settings, portName, 8007),
            ApiKey = key,
            ClientKeys = ApiKeySettings.Read(settings, key),
            RequireApiKey = settings.Flag("REQUIRE_API_KEY", true, "Whether the API key is asked for."),
            AllowMissingApiKey = settings.Flag("API_KEY_ALLOW_MISSING", false, "Lets requests without any API key pass; a wrong one still fails."),
            Tokens = ReadTokens(settings),
            Sessions = ReadSessions(settings),
            AdminEmails = settings.List("ADMIN_EMAILS", "", "Addresses of the users who are admins, in any case of letters."),
            RateLimitPerMinute = settings.Number("RATE_LIMIT_RPM", 0, int.MinValue, HighestRate, "Requests per minute and client; 0 or less for any number."),
            CorsOrigins = settings.List("CORS_ORIGINS", "*", "Origins whose pages may call the service; * for all, without credentials."),
            AllowedHosts = settings.List("ALLOWED_HOSTS", "*", "Host names that the service answers to; *.example.com for all below a name, * for all."),
            PasswordMinLength = settings.Number("PASSWORD_MIN_LENGTH", 8, 1, 72, "Characters that a new password has at least."),
            PasswordHashRounds = settings.Number("PASSWORD_HASH_ROUNDS", 12, BcryptHash.MinCost, BcryptHash.MaxCost, "Cost of bcrypt for new passwords; each step doubles the time."),
            MetricsPath = ReadMetricsPath(settings),
            Retention = RetentionSettings.Read(settings),
        };
        if (process.IsProduction)
        {
            CheckProduction(settings, read);
        }

        return settings.Keep(read);
    }

    private static JwtOptions ReadTokens(SettingsReader settings) => new()
    {
        Secret = settings.Secret("JWT_SECRET", DefaultJwtSecret, "Secret by which tokens are signed, shared with the Python services."),
        Algorithm = settings.Choice("JWT_ALGORITHM", "HS256", "Algorithm by which tokens are signed; no other is accepted.", "HS256", "HS384", "HS512"),
        Lifetime = settings.Read<TimeSpan>(
            new("JWT_EXPIRES_IN", "How long an access token lives.", "a whole number above 0 with s, m, h or d, such as 24h; without a unit, seconds; 3650d at most"),
            "24h",
            TryParseLifetime),
        Issuer = settings.Text("JWT_ISSUER", "pyairtable", "Issuer named in tokens; tokens that name another are refused."),
    };

    private static SessionOptions ReadSessions(SettingsReader settings) => new(
        settings.Read<TimeSpan>(
            new("REFRESH_TOKEN_EXPIRES_IN", "How long a refresh token lives, counted anew whenever it is exchanged.", "a whole number above 0 with s, m, h or d, such as 7d; without a unit, seconds; 3650d at most"),
            "7d",
            TryParseLifetime),
        TimeSpan.FromSeconds(settings.Number("REFRESH_TOKEN_REUSE_INTERVAL", 10, 0, 3600, "Seconds after its exchange in which a refresh token may be presented again, as parallel tabs do; 0 for never.")));

    // Milliseconds, which durations elsewhere take, are too fine for a token.
    private static bool TryParseLifetime(string text, out TimeSpan value) =>
        SettingParsers.Duration(text, out value)
        && value >= TimeSpan.FromSeconds(1) && value <= LongestLifetime
        && !text.Trim().EndsWith("ms", StringComparison.OrdinalIgnoreCase);

    private static string? ReadMetricsPath(SettingsReader settings)
    {
        var enabled = settings.Flag("METRICS_ENABLED", true, "Whether Prometheus metrics are served beside the routes.");
        var path = settings.Read<string>(
            new("METRICS_PATH", "Path of the Prometheus metrics; /metrics puts them in the place of the legacy analytics route.", "a path such as /internal/metrics, of letters, digits, -, _, . and /"),
            "/internal/metrics",
            static (string text, out string value) =>
            {
                value = text.Trim();
                return value.Length > 1 && value[0] == '/' && value is not ("/health" or "/openapi.json")
                    && value.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' or '/');
            });
        return enabled ? path : null;
    }

    private static void CheckProduction(SettingsReader settings, PlatformSettings read)
    {
        const string AcceptsSecret = "a random secret of 32 bytes or more, such as from openssl rand -hex 32";
        if (read.Tokens.Secret == DefaultJwtSecret)
        {
            settings.Fail("JWT_SECRET", "is not set in production", AcceptsSecret);
        }
        else if (System.Text.Encoding.UTF8.GetByteCount(read.Tokens.Secret) < ShortestProductionSecret)
        {
            settings.Fail("JWT_SECRET", "is too short for production", AcceptsSecret);
        }

        if (read.RequireApiKey && read.ApiKey == DefaultApiKey)
        {
            settings.Fail("API_KEY", "is not set in production", "a secret of your own, unless REQUIRE_API_KEY is false");
        }
    }
}
