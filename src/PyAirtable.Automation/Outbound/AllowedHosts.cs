using System.Net;

namespace PyAirtable.Automation.Outbound;

/// <summary>What workflows may reach although it is not public: host names, addresses, and ranges such as <c>10.1.0.0/16</c>.</summary>
internal sealed class AllowedHosts
{
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<IPNetwork> _networks = [];

    /// <summary>Reads the entries; false when one is neither a name nor a range.</summary>
    public static bool TryParse(IEnumerable<string> entries, out AllowedHosts hosts)
    {
        hosts = new AllowedHosts();
        foreach (var entry in entries)
        {
            if (IPAddress.TryParse(entry, out var address))
            {
                hosts._networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            }
            else if (IPNetwork.TryParse(entry, out var network))
            {
                hosts._networks.Add(network);
            }
            else if (Uri.CheckHostName(entry) == UriHostNameType.Dns)
            {
                hosts._names.Add(entry.TrimEnd('.'));
            }
            else
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>Whether the name is allowed, whatever its address.</summary>
    public bool Has(string host) => _names.Contains(host.TrimEnd('.'));

    /// <summary>Whether the address is in an allowed range.</summary>
    public bool Has(IPAddress address) => new AddressRanges(_networks).Contain(address);
}
