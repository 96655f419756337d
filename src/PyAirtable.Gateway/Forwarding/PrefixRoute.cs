namespace PyAirtable.Gateway.Forwarding;

/// <summary>All paths under a prefix, which go to one upstream without it.</summary>
/// <param name="Prefix">Such as <c>/api/llm</c>.</param>
/// <param name="Upstream">Who answers.</param>
/// <param name="Forwarder">How it is reached.</param>
internal sealed record PrefixRoute(string Prefix, Upstream Upstream, IForwarder Forwarder)
{
    /// <summary>Name of the route in logs and metrics: <c>/api/llm/*</c>.</summary>
    public string Template { get; } = Prefix + "/*";

    /// <summary>Whether an encoded path is the prefix or stands under it.</summary>
    public bool Matches(ReadOnlySpan<char> path) =>
        path.StartsWith(Prefix) && (path.Length == Prefix.Length || path[Prefix.Length] == '/');

    /// <summary>The target at the upstream; the key in the query stays behind.</summary>
    public RawTarget Cut(RawTarget target) => target.Without(Prefix.Length).WithoutKey();
}
