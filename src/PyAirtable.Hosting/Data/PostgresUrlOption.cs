using System.Globalization;
using Npgsql;

namespace PyAirtable.Hosting.Data;

/// <summary>The options that may follow the <c>?</c> of a PostgreSQL URL, with libpq's names and meanings.</summary>
internal static class PostgresUrlOption
{
    private const string SslModes = "disable, allow, prefer, require, verify-ca, verify-full";

    /// <summary>Puts one option into the connection string; answers what is wrong with it, or null.</summary>
    public static string? Apply(NpgsqlConnectionStringBuilder builder, string name, string value)
    {
        switch (name)
        {
            // "ssl" is what asyncpg calls it.
            case "sslmode" or "ssl":
                if (SslModeOf(value) is not { } mode)
                {
                    return $"has an {name} that is not one of {SslModes}";
                }

                builder.SslMode = mode;
                return null;
            case "sslrootcert":
                builder.RootCertificate = value;
                return null;
            case "connect_timeout":
                if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > 1024)
                {
                    return "has a connect_timeout that is not a number of seconds from 0 to 1024";
                }

                builder.Timeout = seconds;
                return null;
            case "application_name":
                builder.ApplicationName = value;
                return null;
            // Sent by hosted databases' own URLs; the driver negotiates these itself.
            case "channel_binding" or "gssencmode" or "client_encoding":
                return null;
            default:
                return $"has the option '{name}', which is not one of sslmode, sslrootcert, connect_timeout, application_name";
        }
    }

    private static SslMode? SslModeOf(string value) => value switch
    {
        "disable" => SslMode.Disable,
        "allow" => SslMode.Allow,
        "prefer" => SslMode.Prefer,
        "require" => SslMode.Require,
        "verify-ca" => SslMode.VerifyCA,
        "verify-full" => SslMode.VerifyFull,
        _ => null,
    };
}
