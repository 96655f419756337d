using System.Globalization;
using System.Net;

namespace PyAirtable.Hosting.Security;

/// <summary>The peers that are believed when they say whom they speak for (<c>X-Forwarded-*</c>): proxies in front, by address or network.</summary>
public sealed class TrustedPeers
{
    private readonly IPNetwork[] _networks;

    private TrustedPeers(IPNetwork[] networks) => _networks = networks;

    /// <summary>Nobody.</summary>
    public static TrustedPeers None { get; } = new([]);

    /// <summary>Whoever it is.</summary>
    public static TrustedPeers All { get; } = new([]);

    /// <summary>Reads a comma list of addresses and networks, IPv4 or IPv6, or <c>*</c> for all; false where an entry is none of these, such
    /// as a network with bits beyond its prefix, whose meaning is a guess.</summary>
    public static bool TryParse(string text, out TrustedPeers peers)
    {
        var entries = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var networks = new IPNetwork[entries.Length];
        var isAll = false;
        for (var i = 0; i < entries.Length; i++)
        {
            isAll |= entries[i] == "*";
            if (entries[i] != "*" && !TryParseNetwork(entries[i], out networks[i]))
            {
                peers = None;
                return false;
            }
        }
        peers = isAll ? All : new TrustedPeers(networks);
        return entries.Length > 0;
    }

    /// <summary>Whether a peer is one of them; one without an address (a Unix socket) only where all are.</summary>
    public bool Contains(IPAddress? peer)
    {
        if (this == All || peer is null || _networks.Length == 0)
        {
            return this == All;
        }
        var address = ClientAddress.Unmapped(peer);
        foreach (var network in _networks)
        {
            if (network.Contains(address))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>The client at the other end of a chain that a trusted peer has sent: its right-most address that is not trusted, since what
    /// stands left of that was written by who cannot be relied on; the left-most where all are. Null where the last entry is no address.</summary>
    /// <param name="chain">Value of <c>X-Forwarded-For</c>.</param>
    public IPAddress? ClientOf(ReadOnlySpan<char> chain)
    {
        IPAddress? client = null;
        for (var end = chain.Length; end >= 0;)
        {
            var comma = chain[..end].LastIndexOf(',');
            var entry = chain[(comma + 1)..end].Trim();
            end = comma;
            if (entry.IsEmpty)
            {
                continue;
            }
            if (!ClientAddress.TryParse(WithoutPort(entry), out var address))
            {
                return client;
            }
            client = ClientAddress.Unmapped(address);
            if (!Contains(client))
            {
                return client;
            }
        }
        return client;
    }

    // "1.2.3.4:80", "[::1]:80" and "[::1]", as some proxies write them.
    private static ReadOnlySpan<char> WithoutPort(ReadOnlySpan<char> entry)
    {
        if (entry[0] == '[')
        {
            var end = entry.IndexOf(']');
            return end < 0 ? entry : entry[1..end];
        }
        var colon = entry.IndexOf(':');
        return colon >= 0 && colon == entry.LastIndexOf(':') ? entry[..colon] : entry;
    }

    private static bool TryParseNetwork(string text, out IPNetwork network)
    {
        network = default;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (!ClientAddress.TryParse(slash < 0 ? text : text.AsSpan(0, slash), out var address))
        {
            return false;
        }
        var width = address.GetAddressBytes().Length * 8;
        var bits = width;
        if (slash >= 0 && (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out bits) || bits > width))
        {
            return false;
        }
        if (address.IsIPv4MappedToIPv6)
        {
            // Peers are known by their IPv4 address.
            (address, bits) = (address.MapToIPv4(), bits - 96);
        }
        if (bits < 0 || HasBitsBeyond(address.GetAddressBytes(), bits))
        {
            return false;
        }
        network = new IPNetwork(address, bits);
        return true;
    }

    private static bool HasBitsBeyond(byte[] address, int bits)
    {
        for (var bit = bits; bit < address.Length * 8; bit++)
        {
            if ((address[bit / 8] & (0x80 >> (bit % 8))) != 0)
            {
                return true;
            }
        }
        return false;
    }
}
