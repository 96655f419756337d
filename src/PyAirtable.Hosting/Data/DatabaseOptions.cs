namespace PyAirtable.Hosting.Data;

/// <summary>A parsed <c>DATABASE_URL</c> and the bounds of the pool. Making one touches neither disk nor network.</summary>
public sealed record DatabaseOptions
{
    internal DatabaseOptions()
    {
    }

    /// <summary>The engine that the URL names.</summary>
    public required DatabaseEngine Engine { get; init; }

    /// <summary>The URL as it was given; it may hold a password, so show <see cref="SafeUrl"/> instead.</summary>
    public required string Url { get; init; }

    /// <summary>The URL without its password, for banners and logs.</summary>
    public required string SafeUrl { get; init; }

    /// <summary>Absolute path of the database file; null for PostgreSQL.</summary>
    public string? SqlitePath { get; init; }

    /// <summary>Npgsql's connection string, password included, without the pool's bounds; null for SQLite.</summary>
    public string? PostgresConnectionString { get; init; }

    /// <summary><c>DB_MAX_OPEN_CONNS</c>: most connections open at once, at least 1. Default 25.</summary>
    public int MaxConnections { get; init; } = 25;

    /// <summary><c>DB_MAX_IDLE_CONNS</c>: connections kept open while nobody uses them, 0 or more. Default 5.</summary>
    public int IdleConnections { get; init; } = 5;

    /// <summary><c>DB_CONN_MAX_LIFETIME</c>: age after which a PostgreSQL connection is replaced; zero means never. Default 300 s.</summary>
    public TimeSpan ConnectionLifetime { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>
    /// Reads <c>DATABASE_URL</c>. Empty means the file <c>pyairtable.db</c> in the data folder; SQLAlchemy's spellings
    /// (<c>sqlite:///relative.db</c>, <c>sqlite:////absolute.db</c>, <c>postgresql+asyncpg://…</c>) are understood.
    /// </summary>
    /// <param name="url">The setting's value.</param>
    /// <param name="dataDirectory">The data folder, which need not exist yet.</param>
    /// <param name="options">The result; null when the URL is wrong.</param>
    /// <param name="error">What is wrong, in words that follow a variable's name; it never repeats the URL or its password.</param>
    public static bool TryParse(string url, string dataDirectory, out DatabaseOptions? options, out string? error)
    {
        ArgumentNullException.ThrowIfNull(url);
        var text = url.Trim();
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var scheme = colon < 0 ? text : text[..colon];
        (options, error) = scheme.ToLowerInvariant() switch
        {
            "" when colon < 0 => SqliteUrl.Default(dataDirectory),
            "sqlite" or "sqlite+aiosqlite" when colon > 0 => SqliteUrl.Parse(url, text[(colon + 1)..]),
            "postgresql" or "postgres" or "postgresql+asyncpg" when colon > 0 => PostgresUrl.Parse(url, scheme, text[(colon + 1)..]),
            _ => (null, "must start with sqlite: or postgresql://, or be empty for a file in the data folder"),
        };
        return options is not null;
    }

    /// <summary>The <see cref="SafeUrl"/>, so that a log line cannot show the password by accident.</summary>
    public override string ToString() => SafeUrl;
}
