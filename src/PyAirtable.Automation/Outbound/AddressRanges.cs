using System.Net;

namespace PyAirtable.Automation.Outbound;

/// <summary>
/// Ranges of addresses. The framework's look-up takes IPv4 that is mapped to IPv6 for IPv4 and then compares it with IPv6 ranges too, so
/// families are compared first here.
/// </summary>
internal sealed class AddressRanges(IReadOnlyList<IPNetwork> networks)
{
    /// <summary>Whether the address, by its own family, is in one of them.</summary>
    public bool Contain(IPAddress address) => !address.IsIPv4MappedToIPv6 && networks.Any(network =>
        network.BaseAddress.AddressFamily == address.AddressFamily && network.Contains(address));
}
