using System.Net;

namespace PyAirtable.Hosting.Settings;

/// <summary>Where a service listens.</summary>
/// <param name="Address">IP address to bind; <see cref="IPAddress.Any"/> for all of IPv4, <see cref="IPAddress.IPv6Any"/> for both families.</param>
/// <param name="Port">TCP port; 0 for any free one.</param>
public sealed record ListenSettings(IPAddress Address, int Port)
{
    /// <summary>Further ports with the same routes. Default: none.</summary>
    public IReadOnlyList<int> MorePorts { get; init; } = [];

    /// <summary>Whether clients may speak HTTP/2 without TLS. Default: HTTP/1.1 only.</summary>
    public bool Http2 { get; init; }

    /// <summary>The certificate, by which TLS, HTTP/2 and HTTP/1.1 are spoken and nothing in clear text; null for none.</summary>
    public TlsSettings? Tls { get; init; }

    /// <summary>Reads the address from <c>HOST</c> and the port from <paramref name="portName"/>.</summary>
    public static ListenSettings Read(SettingsReader settings, string portName, int port, params string[] portAliases) => new(
        ReadAddress(settings, "HOST", "0.0.0.0", "Address that the service listens on."),
        settings.Number(portName, port, 0, 65535, "Port of the service; 0 for any free one.", portAliases));

    internal static IPAddress ReadAddress(SettingsReader settings, string name, string fallback, string description) =>
        settings.Read<IPAddress>(new(name, description, "an IP address such as 0.0.0.0, 127.0.0.1 or ::, or localhost"), fallback, TryParse);

    private static bool TryParse(string text, out IPAddress value)
    {
        var name = text.Trim();
        value = IPAddress.Loopback;
        return name.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (name.AsSpan().ContainsAny('.', ':') && IPAddress.TryParse(name, out value!));
    }
}
