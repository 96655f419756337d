using PyAirtable.Gateway.Forwarding;

namespace PyAirtable.Gateway.FastPath;

/// <summary>Left on a connection for the request that comes next: it was forwarded already, and there was no answer.</summary>
/// <param name="Failure">Why.</param>
internal sealed record ForwardFailure(UpstreamFailure Failure);
