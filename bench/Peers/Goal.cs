namespace PyAirtable.Bench.Peers;

/// <summary>A ratio of CPU time per request that is wanted.</summary>
/// <param name="Text">What is wanted.</param>
/// <param name="Ours">Whose CPU time is judged.</param>
/// <param name="Yardstick">By whose.</param>
/// <param name="Limit">Highest ratio.</param>
/// <param name="IsStrict">Whether the limit itself is too high.</param>
internal sealed record Goal(string Text, Peer Ours, Peer Yardstick, double Limit, bool IsStrict = false)
{
    /// <summary>All goals.</summary>
    public static readonly IReadOnlyList<Goal> All =
    [
        new("CPU at most nginx's", Peer.Gateway, Peer.Nginx, 1.0),
        new("CPU at most HAProxy's", Peer.Gateway, Peer.HaProxy, 1.0),
        new("CPU below fasthttp's", Peer.Gateway, Peer.FastHttp, 1.0, IsStrict: true),
        new("all policies at most 10% over plain", Peer.AllPolicies, Peer.Plain, 1.1),
    ];

    /// <summary>Whether a ratio is good enough.</summary>
    public bool IsMet(double ratio) => IsStrict ? ratio < Limit : ratio <= Limit;
}
