using System.Text;
using PyAirtable.Hosting.Security;
using PyAirtable.Hosting.Settings;

namespace PyAirtable.Gateway;

public sealed partial record GatewaySettings
{
    private const int ShortestProductionSecret = 32;

    // What compose files and the other services have where nobody chose: everybody knows these, so they prove nothing.
    private static readonly string[] KnownSecrets = ["default-secret-change-in-production", "default-jwt-secret-change-in-production"];

    /// <summary>The keys that clients may send: <see cref="ApiKey"/>, then those valid beside it.</summary>
    public required IReadOnlyList<string> ClientKeys { get; init; }

    /// <summary>How the tokens are checked that open the Go routes in place of a key; null where none do.</summary>
    public required JwtOptions? Tokens { get; init; }

    /// <summary>Whom <see cref="RequestsPerMinute"/> holds for: <c>address</c>, <c>key</c> or <c>user</c>.</summary>
    public required string RateLimitBy { get; init; }

    /// <summary>Requests that may come at once: <see cref="RequestsPerMinute"/> unless chosen.</summary>
    public required int RateLimitBurst { get; init; }

    /// <summary>Whether answers are compressed for clients that ask for it.</summary>
    public required bool Compression { get; init; }

    private static ListenSettings ReadListen(SettingsReader settings, string portName)
    {
        var listen = ListenSettings.Read(settings, portName, 8000) with { Http2 = true };
        var second = settings.OptionalNumber("GO_COMPAT_PORT", 1, 65535, "A second port with the same routes, such as the Go gateway's 8080.");
        if (second == listen.Port)
        {
            settings.Fail("GO_COMPAT_PORT", $"is {portName} too", "another port");
        }
        return listen with { MorePorts = second is { } port ? [port] : [], Tls = TlsSettings.Read(settings) };
    }

    private static JwtOptions? ReadTokens(SettingsReader settings, bool production)
    {
        var secret = settings.Secret("JWT_SECRET", "", "Secret of the platform's tokens; with it a good one, sent as Authorization: Bearer, opens the plain proxy routes in place of the key. A well-known default is taken for none.");
        var algorithm = settings.Choice("JWT_ALGORITHM", "HS256", "Algorithm by which tokens are signed; no other is accepted.", "HS256", "HS384", "HS512");
        var issuer = settings.Text("JWT_ISSUER", "pyairtable", "Issuer named in tokens; tokens that name another are refused.");
        if (secret.Length == 0 || KnownSecrets.Contains(secret))
        {
            return null;
        }
        if (production && Encoding.UTF8.GetByteCount(secret) < ShortestProductionSecret)
        {
            settings.Fail("JWT_SECRET", "is too short for production", "a random secret of 32 bytes or more, such as from openssl rand -hex 32");
        }
        return new JwtOptions { Secret = secret, Algorithm = algorithm, Issuer = issuer };
    }

    private static string ReadRateLimitBy(SettingsReader settings) => settings.Choice(
        "RATE_LIMIT_BY",
        "address",
        "Whom RATE_LIMIT_RPM holds for: each address, each API key, or each user by the token; address where a request has no good one.",
        "address",
        "key",
        "user");

    private static TrustedPeers ReadTrustedPeers(SettingsReader settings)
    {
        var trusts = settings.Flag("TRUST_FORWARDED_FOR", true, "Whether the peers of FORWARDED_ALLOW_IPS are believed; false believes none, whatever that says.");
        var peers = settings.Read<TrustedPeers>(
            new(
                "FORWARDED_ALLOW_IPS",
                "Peers that are believed whom they speak for in X-Forwarded-For, -Proto, -Host and Forwarded; from others these are replaced by what the gateway sees. With a list, a client is the right-most address of X-Forwarded-For that is not in it; with *, requests count by the whole text.",
                "* for all, or a comma list of addresses and networks such as 10.0.0.0/8,::1"),
            "*",
            TrustedPeers.TryParse);
        return trusts ? peers : TrustedPeers.None;
    }

    private static int ReadBurst(SettingsReader settings, int requestsPerMinute) =>
        settings.OptionalNumber("RATE_LIMIT_BURST", int.MinValue, HighestRate, "Requests that may come at once, after which RATE_LIMIT_RPM goes on evenly, and the limit that clients are told; unset, 0 or less, as many as RATE_LIMIT_RPM.") is { } chosen and > 0
            ? chosen
            : requestsPerMinute;
}
