using PyAirtable.Hosting.Settings;

namespace PyAirtable.Platform.Retention;

/// <summary>Whether and when old events and metrics are deleted (platform contract 4.6).</summary>
/// <param name="Enabled"><c>ANALYTICS_RETENTION_ENABLED</c>.</param>
/// <param name="Days"><c>ANALYTICS_RETENTION_DAYS</c>: age from which they are.</param>
internal sealed record RetentionSettings(bool Enabled, int Days)
{
    /// <summary>Reads them.</summary>
    public static RetentionSettings Read(SettingsReader settings) => new(
        settings.Flag("ANALYTICS_RETENTION_ENABLED", false, "Whether old events and metrics are deleted; usage and accounts never are."),
        settings.Number("ANALYTICS_RETENTION_DAYS", 90, 1, 36_500, "Days that events and metrics are kept when old ones are deleted."));
}
