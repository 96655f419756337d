using Microsoft.Extensions.Logging;
using PyAirtable.Hosting.Logging;
using PyAirtable.Hosting.Redis;
using PyAirtable.Hosting.Tracing;

namespace PyAirtable.Hosting.Settings;

/// <summary>Settings that concern the process as a whole, whichever services it runs.</summary>
public sealed record ProcessSettings
{
    /// <summary>Value of <see cref="EnvironmentName"/> that turns on the production checks.</summary>
    public const string Production = "production";

    /// <summary><c>ENVIRONMENT</c>: <c>production</c> demands strong secrets, <c>development</c> shows documentation pages.</summary>
    public required string EnvironmentName { get; init; }

    /// <summary>Folder for everything that the process writes.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Where <c>/live</c>, <c>/ready</c> and <c>/metrics</c> are served.</summary>
    public required ListenSettings Management { get; init; }

    /// <summary>Level and form of the log.</summary>
    public required LogOptions Log { get; init; }

    /// <summary>How long a stop waits for what is in flight.</summary>
    public required TimeSpan ShutdownTimeout { get; init; }

    /// <summary>Redis, or null when none is configured.</summary>
    public required RedisOptions? Redis { get; init; }

    /// <summary>Trace export, or null when off.</summary>
    public required TracingOptions? Tracing { get; init; }

    /// <summary>True in production.</summary>
    public bool IsProduction => EnvironmentName == Production;

    /// <summary>Reads them; <paramref name="managementPort"/> is the default of <c>MANAGEMENT_PORT</c>.</summary>
    public static ProcessSettings Read(SettingsReader settings, int managementPort)
    {
        settings.Section = "Process";
        return new ProcessSettings
        {
            EnvironmentName = settings.Text("ENVIRONMENT", "development", "\"production\" demands strong secrets; \"development\" shows documentation pages."),
            DataDirectory = settings.Text("DATA_DIR", "./data", "Folder for everything that the process writes."),
            Management = new ListenSettings(
                ListenSettings.ReadAddress(settings, "MANAGEMENT_HOST", "0.0.0.0", "Address of the management port."),
                settings.Number("MANAGEMENT_PORT", managementPort, 0, 65535, "Port of /live, /ready and /metrics; 0 for any free one.")),
            Log = ReadLog(settings),
            ShutdownTimeout = settings.Duration("SHUTDOWN_TIMEOUT", "25s", TimeSpan.Zero, TimeSpan.FromHours(1), "How long a stop waits for requests in flight and running work."),
            Redis = ReadRedis(settings),
            Tracing = ReadTracing(settings),
        };
    }

    private static LogOptions ReadLog(SettingsReader settings)
    {
        // The contracts take any level text; what is unknown means INFO.
        var level = settings.Read(
            new("LOG_LEVEL", "Least level that is logged.", "DEBUG, INFO, WARNING, ERROR or CRITICAL, in any case; anything else counts as INFO"),
            "INFO",
            (string text, out LogLevel value) =>
            {
                value = LogLevelName.TryParse(text.Trim(), out var known) ? known : LogLevel.Information;
                return true;
            });
        var format = settings.Text("LOG_FORMAT", "", "Form of log lines: json, or anything else for text; unset is JSON unless standard output is a terminal.");
        var noColor = settings.Text("NO_COLOR", "", "Set to anything, it turns colours off (no-color.org).");
        return new LogOptions(level, LogOptions.ForOutput(!Console.IsOutputRedirected, noColor, format, Environment.GetEnvironmentVariable("TERM")));
    }

    private static RedisOptions? ReadRedis(SettingsReader settings)
    {
        var url = settings.Read<string>(
            new("REDIS_URL", "Redis shared by several machines; empty keeps limits, revocations and events in the process.", "a redis:// or rediss:// URL, or nothing") { IsSecret = true },
            "",
            SettingParsers.Text);
        var password = settings.Secret("REDIS_PASSWORD", "", "Password of Redis; wins over the one in REDIS_URL.");
        var database = settings.Number("REDIS_DB", -1, -1, 1_000_000, "Database index of Redis; wins over the one in REDIS_URL; -1 takes that one.");
        if (url.Length == 0)
        {
            return null;
        }
        if (!RedisOptions.TryParse(url, password, database < 0 ? null : database, out var options, out var error))
        {
            settings.Fail("REDIS_URL", error ?? "is not valid", "a redis:// or rediss:// URL such as redis://:password@host:6379/0");
        }
        return options;
    }

    private static TracingOptions? ReadTracing(SettingsReader settings)
    {
        var endpoint = settings.Text("OTEL_EXPORTER_OTLP_ENDPOINT", "", "OpenTelemetry collector (OTLP over HTTP); empty turns trace export off.");
        var service = settings.Text("OTEL_SERVICE_NAME", "pyairtable", "Name of this process in traces.");
        var headers = settings.Secret("OTEL_EXPORTER_OTLP_HEADERS", "", "Headers for the collector, as name=value pairs separated by commas.");
        var ratio = settings.Read(
            new("OTEL_TRACES_SAMPLER_ARG", "Share of new traces that is kept.", "a number from 0 to 1"),
            "1",
            (string text, out double value) =>
                double.TryParse(text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out value) && value is >= 0 and <= 1);
        if (endpoint.Length == 0)
        {
            return null;
        }
        if (!SettingParsers.HttpUrl(endpoint, out _))
        {
            settings.Fail("OTEL_EXPORTER_OTLP_ENDPOINT", "is not a URL", "an http or https URL such as http://collector:4318");
            return null;
        }
        return new TracingOptions { Endpoint = new Uri(endpoint), ServiceName = service, Headers = headers, SampleRatio = ratio };
    }
}
