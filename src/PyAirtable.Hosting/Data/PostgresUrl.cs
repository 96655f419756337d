using System.Globalization;
using Npgsql;

namespace PyAirtable.Hosting.Data;

/// <summary>Reads the part of a PostgreSQL URL that follows the scheme. Looser than <see cref="Uri"/>: passwords may hold unescaped <c>/</c>, <c>@</c> and <c>#</c>, as Python's drivers allow.</summary>
internal static class PostgresUrl
{
    private const string Shape = "must look like postgresql://user:password@host:5432/database";

    public static (DatabaseOptions?, string?) Parse(string url, string scheme, string rest)
    {
        if (!rest.StartsWith("//", StringComparison.Ordinal))
        {
            return (null, Shape);
        }

        var question = rest.IndexOf('?', StringComparison.Ordinal);
        var query = question < 0 ? "" : rest[(question + 1)..];
        var body = question < 0 ? rest[2..] : rest[2..question];
        var at = body.LastIndexOf('@');
        if (at < 0)
        {
            return (null, query.Contains('@', StringComparison.Ordinal) ? "has a '?' in the user or password; write it as %3F" : "names no user; it " + Shape);
        }

        var (user, password) = Split(body[..at], ':');
        var (authority, database) = Split(body[(at + 1)..], '/');
        if (user.Length == 0)
        {
            return (null, "names no user; it " + Shape);
        }

        if (!TrySplitHost(authority, out var host, out var port, out var error))
        {
            return (null, error);
        }

        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = host,
            Port = port,
            Username = Uri.UnescapeDataString(user),
            Password = password is null ? null : Uri.UnescapeDataString(password),
            Database = string.IsNullOrEmpty(database) ? null : Uri.UnescapeDataString(database),
            ApplicationName = "pyairtable",
        };
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = Split(pair, '=');
            if (PostgresUrlOption.Apply(builder, name, Uri.UnescapeDataString(value ?? "")) is { } wrong)
            {
                return (null, wrong);
            }
        }

        var shown = password is null ? user : user + ":***";
        return (new()
        {
            Engine = DatabaseEngine.PostgreSql,
            Url = url,
            SafeUrl = $"{scheme}://{shown}@{authority}/{database}{(query.Length == 0 ? "" : "?" + query)}",
            PostgresConnectionString = builder.ConnectionString,
        }, null);
    }

    private static bool TrySplitHost(string authority, out string host, out int port, out string? error)
    {
        string? portText;
        if (authority.StartsWith('[') && authority.IndexOf(']', StringComparison.Ordinal) is > 0 and var end)
        {
            host = authority[1..end];
            portText = authority[(end + 1)..] switch { "" => null, [':', .. var digits] => digits, _ => "?" };
        }
        else
        {
            (host, portText) = Split(authority, ':');
        }

        port = 5432;
        error = host.Length == 0 ? "names no host"
            : host.Contains(',', StringComparison.Ordinal) ? "names several hosts; name one"
            : host.AsSpan().ContainsAny(" \t%") ? "has a host with characters that no host name has"
            : portText is null ? null
            : int.TryParse(portText, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is > 0 and < 65536 ? null
            : "has a port that is not a number from 1 to 65535";
        return error is null;
    }

    private static (string, string?) Split(string text, char separator)
    {
        var index = text.IndexOf(separator, StringComparison.Ordinal);
        return index < 0 ? (text, null) : (text[..index], text[(index + 1)..]);
    }
}
