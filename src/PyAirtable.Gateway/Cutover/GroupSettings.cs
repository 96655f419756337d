using PyAirtable.Gateway.Forwarding;

namespace PyAirtable.Gateway.Cutover;

/// <summary>A route group as the settings have it: requests that either of two upstreams can answer.</summary>
/// <param name="Name">Such as <c>platform</c>; of a part of one, its path.</param>
/// <param name="Routed">The upstream that the routes name: all that would go there belongs to the group.</param>
/// <param name="Python">The services of before.</param>
/// <param name="Native">Those that take their place.</param>
/// <param name="Weight">Percentage of clients that the native side answers.</param>
public sealed record GroupSettings(string Name, Upstream Routed, Upstream Python, Upstream Native, int Weight)
{
    /// <summary>Path as clients send it, to whose requests the group is limited; null for all of its upstream's.</summary>
    public string? Path { get; init; }

    /// <summary>Who answers on a side.</summary>
    public Upstream this[Side side] => side == Side.Native ? Native : Python;

    /// <summary>Whether an encoded path is one of the group's.</summary>
    public bool Matches(ReadOnlySpan<char> path) => Path is null || (path.StartsWith(Path) && (path.Length == Path.Length || path[Path.Length] == '/'));
}
