using System.Net;
using System.Net.Sockets;

namespace PyAirtable.Automation.Outbound;

/// <summary>
/// Which addresses a workflow's own HTTP requests may reach: those of the public internet, and what the operator allows beside. Whoever may
/// write a workflow could else ask what only this machine can reach, such as the cloud's metadata with its credentials.
/// </summary>
internal sealed class AddressRules(AllowedHosts allowed)
{
    private const int Ipv4Bytes = 4;

    private static readonly AddressRanges Refused = new(
    [
        .. from network in (string[])
        [
            "0.0.0.0/8", // this network
            "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", // private
            "100.64.0.0/10", // shared between carriers; holds the metadata of one cloud, 100.100.100.200
            "127.0.0.0/8", // loopback
            "169.254.0.0/16", // link-local, with most clouds' metadata at 169.254.169.254
            "168.63.129.16/32", // metadata of one cloud, on an address that is public by its number
            "192.0.0.0/24", // protocol assignments
            "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", // documentation
            "192.88.99.0/24", // relays of 6to4
            "198.18.0.0/15", // benchmarking
            "224.0.0.0/4", // multicast
            "240.0.0.0/4", // reserved, and broadcast
            "2001::/23", // protocol assignments, among them Teredo, benchmarking and ORCHID
            "2001:db8::/32", "3fff::/20", // documentation
            "2002::/16", // 6to4, which has an IPv4 address in it
        ]
          select IPNetwork.Parse(network),
    ]);

    // All other prefixes of IPv6 are local, multicast, IPv4 in another form, or not given out.
    private static readonly AddressRanges GlobalUnicast = new([IPNetwork.Parse("2000::/3")]);

    // On networks without IPv4, the resolver gives these for hosts that have IPv4 only.
    private static readonly AddressRanges Translated = new([IPNetwork.Parse("64:ff9b::/96")]);

    /// <summary>Whether a connection to <paramref name="address"/>, found for <paramref name="host"/>, may be made.</summary>
    public bool Allows(string host, IPAddress address) => IsPublic(address) || allowed.Has(host) || allowed.Has(address);

    /// <summary>Whether the address is one of the public internet.</summary>
    public static bool IsPublic(IPAddress address)
    {
        if (Translated.Contain(address))
        {
            return IsPublic(new IPAddress(address.GetAddressBytes().AsSpan()[^Ipv4Bytes..]));
        }
        var isGlobal = address.AddressFamily == AddressFamily.InterNetwork || GlobalUnicast.Contain(address);
        return isGlobal && !Refused.Contain(address);
    }
}
