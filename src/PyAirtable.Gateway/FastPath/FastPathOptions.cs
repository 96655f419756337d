using PyAirtable.Gateway.Cutover;
using PyAirtable.Gateway.Forwarding;
using PyAirtable.Hosting.Security;

namespace PyAirtable.Gateway.FastPath;

/// <summary>What is usual depends on the settings.</summary>
internal sealed class FastPathOptions
{
    private const int LargestBody = 64 * 1024;

    /// <summary>The routes.</summary>
    public required FastRoute[] Routes { get; init; }

    /// <summary>Bytes of a body that is forwarded whole.</summary>
    public required int MaxBodyBytes { get; init; }

    /// <summary>The peers that are believed whom they speak for.</summary>
    public required TrustedPeers TrustedPeers { get; init; }

    /// <summary>Whether the upstream gets the gateway's own key instead of the client's.</summary>
    public required bool ReplacesKey { get; init; }

    /// <summary>Whether answers are compressed for clients that take it.</summary>
    public required bool Compresses { get; init; }

    /// <summary>What the settings say. Where requests are counted by key or user, all of them need thought, as do those of routes with two sides.</summary>
    public static FastPathOptions Of(GatewaySettings settings, IReadOnlyList<PrefixRoute> routes) => new()
    {
        Routes = settings.RateLimitBy == "address"
            ? [.. routes.Where(static route => route is { Upstream: { LocalService: null, IsPlain: true }, Forwarder: not SplitForwarder }).Select(static route => new FastRoute(route))]
            : [],
        MaxBodyBytes = (int)Math.Min(settings.MaxBodyBytes, LargestBody),
        TrustedPeers = settings.TrustedPeers,
        ReplacesKey = settings.RequireApiKey,
        Compresses = settings.Compression,
    };

    /// <summary>The route of a target; null where it is none of these.</summary>
    public FastRoute? FindRoute(ReadOnlySpan<byte> target)
    {
        foreach (var route in Routes)
        {
            if (route.Matches(target))
            {
                return route;
            }
        }
        return null;
    }
}
