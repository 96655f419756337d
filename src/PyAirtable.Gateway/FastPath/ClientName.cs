using System.Text;
using PyAirtable.Hosting.Security;

namespace PyAirtable.Gateway.FastPath;

/// <summary>Under what the requests of a connection are counted, as <see cref="ClientAddress.LimitKey"/> says it.</summary>
/// <param name="peer">Address of the other end.</param>
internal sealed class ClientName(string peer)
{
    private byte[]? _lastBytes;
    private string _last = "";

    /// <summary>The name by an <c>X-Forwarded-For</c> that counts, mostly the same as before, or by the peer where it is empty or too long.</summary>
    public string Of(ReadOnlySpan<byte> forwardedFor)
    {
        if (forwardedFor.IsEmpty || forwardedFor.Length > ClientAddress.LongestKey)
        {
            return peer;
        }
        if (_lastBytes is null || !forwardedFor.SequenceEqual(_lastBytes))
        {
            (_lastBytes, _last) = (forwardedFor.ToArray(), Encoding.Latin1.GetString(forwardedFor));
        }
        return _last;
    }
}
