using System.Net;
using System.Text;
using PyAirtable.Hosting.Security;

namespace PyAirtable.Gateway.FastPath;

/// <summary>Under what the requests of a connection are counted, as <see cref="ClientAddress"/> says it.</summary>
/// <param name="address">Address of the other end; null where it has none.</param>
/// <param name="trusted">Who is believed whom they speak for.</param>
internal sealed class ClientName(IPAddress? address, TrustedPeers trusted)
{
    private byte[]? _lastBytes;
    private string _last = "";

    /// <summary>The other end.</summary>
    public string Peer { get; } = address?.ToString() ?? "";

    /// <summary>Whether it is believed whom it speaks for.</summary>
    public bool IsTrusted { get; } = trusted.Contains(address);

    /// <summary>The name by an <c>X-Forwarded-For</c> that counts, mostly the same as before; by the peer where there is none.</summary>
    public string Of(ReadOnlySpan<byte> forwardedFor)
    {
        if (forwardedFor.IsEmpty)
        {
            return Peer;
        }
        if (_lastBytes is not null && forwardedFor.SequenceEqual(_lastBytes))
        {
            return _last;
        }
        var name = ClientAddress.LimitKey(Peer, Encoding.Latin1.GetString(forwardedFor), trusted);
        if (forwardedFor.Length <= ClientAddress.LongestKey)
        {
            (_lastBytes, _last) = (forwardedFor.ToArray(), name);
        }
        return name;
    }
}
