namespace PyAirtable.Hosting.Data;

/// <summary>Reads the part of a SQLite URL that follows <c>sqlite:</c>.</summary>
internal static class SqliteUrl
{
    /// <summary>The file that is used when no URL is set.</summary>
    public static (DatabaseOptions?, string?) Default(string dataDirectory) =>
        (Options("", Path.Combine(dataDirectory, "pyairtable.db")), null);

    /// <summary>Three slashes are relative and four absolute, as in SQLAlchemy; without any the text is the path itself.</summary>
    public static (DatabaseOptions?, string?) Parse(string url, string rest)
    {
        if (rest.Contains(":memory:", StringComparison.Ordinal) || rest is "//" or "///")
        {
            return (null, "names an in-memory SQLite database, of which every connection would see its own; name a file");
        }

        var query = rest.IndexOf('?', StringComparison.Ordinal);
        if (query >= 0)
        {
            var option = rest[(query + 1)..].Split('=', '&')[0];
            return (null, $"has the option '{option}', but a SQLite URL takes none");
        }

        if (rest.StartsWith("//", StringComparison.Ordinal))
        {
            if (rest[2] != '/')
            {
                return (null, "names a host, but SQLite opens a file: write sqlite:///relative.db or sqlite:////absolute.db");
            }

            rest = rest[3..];
        }

        return rest switch
        {
            "" => (null, "names no SQLite file"),
            _ when rest.StartsWith("file:", StringComparison.Ordinal) => (null, "holds a file: URI; write the path itself"),
            _ when rest.Contains('\0', StringComparison.Ordinal) => (null, "holds a NUL character"),
            _ when rest[^1] == '/' => (null, "names a folder instead of a SQLite file"),
            _ => (Options(url, rest), null),
        };
    }

    private static DatabaseOptions Options(string url, string path)
    {
        // Absolute from here on, so that a later change of the working directory does not move the database.
        path = Path.GetFullPath(path);
        return new() { Engine = DatabaseEngine.Sqlite, Url = url, SafeUrl = "sqlite:///" + path, SqlitePath = path };
    }
}
