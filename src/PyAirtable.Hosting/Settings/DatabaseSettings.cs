using PyAirtable.Hosting.Data;

namespace PyAirtable.Hosting.Settings;

/// <summary>Where the data is: <c>DATABASE_URL</c> and the bounds of its connection pool.</summary>
public static class DatabaseSettings
{
    private const string Accepts = "nothing (SQLite in DATA_DIR), sqlite:///path/to/file.db, or postgresql://user:password@host:5432/database";

    /// <summary>Reads them. A relative SQLite path counts from the working directory.</summary>
    public static DatabaseOptions Read(SettingsReader settings, ProcessSettings process)
    {
        settings.Section = "Database";
        var url = settings.Secret("DATABASE_URL", "", $"The database; takes {Accepts}.");
        var maxConnections = settings.Number("DB_MAX_OPEN_CONNS", 25, 1, 1000, "Connections to the database at most.");
        var idleConnections = settings.Number("DB_MAX_IDLE_CONNS", 5, 0, 1000, "Connections kept open when idle.");
        var lifetime = settings.Number("DB_CONN_MAX_LIFETIME", 300, 0, int.MaxValue, "Seconds after which a connection is replaced; 0 for never.");
        if (!DatabaseOptions.TryParse(url, process.DataDirectory, out var options, out var error))
        {
            settings.Fail("DATABASE_URL", error ?? "is not valid", Accepts);
            _ = DatabaseOptions.TryParse("", process.DataDirectory, out options, out _);
        }
        if (process.IsProduction && url.Contains("changeme", StringComparison.Ordinal))
        {
            settings.Fail("DATABASE_URL", "has the default password in production", "a URL with a password of your own");
        }
        return options! with
        {
            MaxConnections = maxConnections,
            IdleConnections = Math.Min(idleConnections, maxConnections),
            ConnectionLifetime = TimeSpan.FromSeconds(lifetime),
        };
    }
}
