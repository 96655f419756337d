using PyAirtable.Gateway.Forwarding;

namespace PyAirtable.Gateway.Upstreams;

/// <summary>An upstream gave no answer, or not all of it.</summary>
/// <param name="failure">What the client may know of it.</param>
/// <param name="cause">The error beneath.</param>
internal sealed class UpstreamException(UpstreamFailure failure, Exception? cause = null) : Exception(failure.Reason, cause)
{
    /// <summary>What the client may know of it.</summary>
    public UpstreamFailure Failure { get; } = failure;
}
