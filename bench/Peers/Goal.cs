namespace PyAirtable.Bench.Peers;

/// <summary>A ratio of CPU time per request that is wanted.</summary>
/// <param name="Text">What is wanted.</param>
/// <param name="Ours">Whose CPU time is judged.</param>
/// <param name="Yardstick">By whose.</param>
/// <param name="Limit">Highest ratio.</param>
/// <param name="IsStrict">Whether the limit itself is too high.</param>
internal sealed record Goal(string Text, Peer Ours, Peer Yardstick, double Limit = 1, bool IsStrict = false)
{
    /// <summary>All goals.</summary>
    public static readonly IReadOnlyList<Goal> All =
    [
        new("CPU of a proxied request beside nginx", Peer.Gateway, Peer.Nginx),
        new("CPU of a proxied request beside HAProxy", Peer.Gateway, Peer.HaProxy),
        new("CPU of a proxied request beside fasthttp", Peer.Gateway, Peer.FastHttp, IsStrict: true),
        new("CPU of a proxied request with all policies on", Peer.AllPolicies, Peer.Plain, 1.1),
    ];
}
