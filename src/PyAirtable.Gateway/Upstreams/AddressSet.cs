using System.Net;
using System.Net.Sockets;

namespace PyAirtable.Gateway.Upstreams;

/// <summary>The addresses of an upstream at one time, and the choice among them.</summary>
internal sealed class AddressSet
{
    private readonly UpstreamAddress[] _all;
    private readonly int _primary;

    /// <summary>A set.</summary>
    /// <param name="addresses">The addresses. Where a name has both kinds, its IPv6 ones lead to the same machines as the others
    /// (<c>localhost</c> is the plainest case): they are used when those are not.</param>
    public AddressSet(IReadOnlyCollection<UpstreamAddress> addresses)
    {
        var both = addresses.Where(IsV4).Select(static address => address.Endpoint).ToHashSet(ReferenceEqualityComparer.Instance);
        var spare = addresses.Where(address => !IsV4(address) && both.Contains(address.Endpoint)).ToList();
        _all = [.. addresses.Except(spare), .. spare];
        _primary = _all.Length - spare.Count;
    }

    /// <summary>All of them, those for use before the spare ones.</summary>
    public ReadOnlySpan<UpstreamAddress> All => _all;

    /// <summary>
    /// Chooses: of two at random the less busy one (Mitzenmacher, "The Power of Two Choices in Randomized Load Balancing"), of those
    /// that are not left out. When fewer than half are left it counts for little who fails, and all are used (Envoy's panic threshold:
    /// https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/upstream/load_balancing/panic_threshold; a second priority, here
    /// the spare addresses, comes before that).
    /// </summary>
    /// <param name="now">A timestamp.</param>
    /// <param name="except">One that has just failed; taken only where there is no other.</param>
    public UpstreamAddress Choose(long now, UpstreamAddress? except)
    {
        if (_all.Length == 1)
        {
            return _all[0];
        }
        var primary = _all.AsSpan(0, _primary);
        var spare = _all.AsSpan(_primary);
        var panics = Count(primary, now, null) * 2 < primary.Length;
        return (panics ? null : TwoChoices(primary, now, except))
            ?? TwoChoices(spare, now, except)
            ?? TwoChoices(primary, long.MaxValue, except)
            ?? TwoChoices(spare, long.MaxValue, except)
            ?? _all[0];
    }

    // At the end of time nobody is left out.
    private static UpstreamAddress? TwoChoices(ReadOnlySpan<UpstreamAddress> among, long now, UpstreamAddress? except)
    {
        var count = Count(among, now, except);
        if (count < 2)
        {
            return count == 0 ? null : Nth(among, 0, now, except);
        }
        var first = Random.Shared.Next(count);
        var second = Random.Shared.Next(count - 1);
        var (one, other) = (Nth(among, first, now, except), Nth(among, second < first ? second : second + 1, now, except));
        return other is null || one?.InFlight <= other.InFlight ? one : other;
    }

    private static int Count(ReadOnlySpan<UpstreamAddress> among, long now, UpstreamAddress? except)
    {
        var count = 0;
        foreach (var address in among)
        {
            count += IsUsable(address, now, except) ? 1 : 0;
        }
        return count;
    }

    // Null where one has been left out since they were counted.
    private static UpstreamAddress? Nth(ReadOnlySpan<UpstreamAddress> among, int index, long now, UpstreamAddress? except)
    {
        foreach (var address in among)
        {
            if (IsUsable(address, now, except) && index-- == 0)
            {
                return address;
            }
        }
        return null;
    }

    private static bool IsUsable(UpstreamAddress address, long now, UpstreamAddress? except) => address != except && !address.IsEjected(now);

    private static bool IsV4(UpstreamAddress address) => address.EndPoint?.AddressFamily == AddressFamily.InterNetwork;
}
