using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace PyAirtable.Hosting.Redis;

/// <summary>Where Redis is and how to sign in. Its text form never holds the password.</summary>
public sealed record RedisOptions
{
    /// <summary>Host name or address.</summary>
    public required string Host { get; init; }

    /// <summary>TCP port, 1 to 65535.</summary>
    public int Port { get; init; } = 6379;

    /// <summary>Whether the connection is encrypted (<c>rediss://</c>).</summary>
    public bool Tls { get; init; }

    /// <summary>ACL user; null signs in as Redis's default user.</summary>
    public string? User { get; init; }

    /// <summary>Password; null when Redis asks for none.</summary>
    public string? Password { get; init; }

    /// <summary>Index of the logical database, 0 or more.</summary>
    public int Database { get; init; }

    /// <summary>Reads a Redis URL as redis-py does.</summary>
    /// <param name="url"><c>redis://</c> or <c>rediss://</c>, optional percent-encoded user info, host, port (6379) and <c>/index</c>.</param>
    /// <param name="password">When not empty it replaces the URL's user info, and the user name with it.</param>
    /// <param name="database">When set it wins over the URL's index.</param>
    /// <param name="options">The options, else null.</param>
    /// <param name="error">What is wrong and what is accepted, without any part of the URL; null on success.</param>
    public static bool TryParse(
        string url,
        string? password,
        int? database,
        [NotNullWhen(true)] out RedisOptions? options,
        [NotNullWhen(false)] out string? error)
    {
        options = null;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("redis" or "rediss") || uri.Host.Length == 0)
        {
            error = "is not a Redis URL; accepted: redis://[user:password@]host[:port][/index] or rediss://… (special characters percent-encoded)";
            return false;
        }

        if (uri.Query.Length > 0 || uri.Fragment.Length > 0)
        {
            error = "has a query or fragment; accepted: redis://[user:password@]host[:port][/index] (? and # in a password are percent-encoded)";
            return false;
        }

        if (uri.Port == 0)
        {
            error = "has port 0; accepted: 1 to 65535";
            return false;
        }

        if (!TryReadIndex(uri.AbsolutePath, out var index) || database < 0)
        {
            error = "names a database that is not a whole number of 0 or more";
            return false;
        }

        var colon = uri.UserInfo.IndexOf(':', StringComparison.Ordinal);
        var user = colon < 0 ? uri.UserInfo : uri.UserInfo[..colon];
        var own = colon < 0 ? "" : uri.UserInfo[(colon + 1)..];
        var replaced = !string.IsNullOrEmpty(password);
        options = new RedisOptions
        {
            Host = uri.DnsSafeHost,
            Port = uri.Port < 0 ? 6379 : uri.Port,
            Tls = uri.Scheme == "rediss",
            User = replaced || user.Length == 0 ? null : Uri.UnescapeDataString(user),
            Password = replaced ? password : own.Length == 0 ? null : Uri.UnescapeDataString(own),
            Database = database ?? index,
        };
        error = null;
        return true;
    }

    /// <summary>The URL without user name and password, for logs.</summary>
    public override string ToString()
    {
        var host = Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host;
        return string.Create(CultureInfo.InvariantCulture, $"{(Tls ? "rediss" : "redis")}://{host}:{Port}/{Database}");
    }

    private static bool TryReadIndex(string path, out int index)
    {
        index = 0;
        return path is "" or "/" || int.TryParse(path.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out index);
    }
}
