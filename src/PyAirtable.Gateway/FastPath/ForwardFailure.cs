using PyAirtable.Gateway.Forwarding;

namespace PyAirtable.Gateway.FastPath;

/// <summary>Left on a connection for the request that comes next: it was forwarded already, and there was no answer.</summary>
/// <param name="failure">Why.</param>
internal sealed class ForwardFailure(UpstreamFailure failure)
{
    private UpstreamFailure? _failure = failure;

    /// <summary>The failure; null for all later requests.</summary>
    public UpstreamFailure? Take() => Interlocked.Exchange(ref _failure, null);
}
