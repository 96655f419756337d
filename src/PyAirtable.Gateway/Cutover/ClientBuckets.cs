using System.Globalization;
using PyAirtable.Gateway.Families;
using PyAirtable.Hosting.Security;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Gateway.Cutover;

/// <summary>
/// Puts each client into one of a hundred buckets, so that it sees one side: those in buckets below a group's weight see the native
/// one. A higher weight takes clients from the Python side only, and a lower one brings the same ones back. The buckets are the same
/// in every group, process and gateway.
/// </summary>
/// <remarks>
/// A client is the user of a good token; else the owner of a key other than the first, which all share; else the chat session; else
/// the address that rate limits count under.
/// </remarks>
internal sealed class ClientBuckets(Callers callers, TrustedPeers trusted)
{
    /// <summary>Buckets that there are.</summary>
    public const int Count = 100;

    /// <summary>The bucket of a request's client, from 0.</summary>
    /// <param name="request">The request.</param>
    /// <param name="session">The chat session that it is of; null for none.</param>
    public int Of(RequestContext request, string? session)
    {
        if (callers.CheckToken(request.Http.Request) is { IsValid: true } token)
        {
            return Of("user", token.Claims.UserId.ToString(CultureInfo.InvariantCulture));
        }
        return Callers.KeyOf(request.Http) is { } key && callers.Find(key) > 0 ? Of("key", key)
            : session is not null ? Of("session", session)
            : Of("address", ClientAddress.LimitKey(request.Http, trusted));
    }

    // FNV-1a, and a final mix, since its low bits alone are not even.
    private static int Of(string kind, string name)
    {
        var hash = 2166136261u;
        foreach (var letter in kind)
        {
            hash = (hash ^ letter) * 16777619u;
        }
        foreach (var letter in name)
        {
            hash = (hash ^ letter) * 16777619u;
        }
        hash = (hash ^ (hash >> 16)) * 0x85ebca6bu;
        hash = (hash ^ (hash >> 13)) * 0xc2b2ae35u;
        return (int)((hash ^ (hash >> 16)) % Count);
    }
}
