using PyAirtable.Hosting.Serving;

namespace PyAirtable.Gateway.Forwarding;

/// <summary>Lets an upstream answer a request as it was sent: over the network (<see cref="RemoteForwarder"/>) or in this process
/// (<see cref="LocalForwarder"/>).</summary>
internal interface IForwarder
{
    /// <summary>Forwards, and streams the answer back.</summary>
    /// <param name="request">The request; its head is already that for the upstream.</param>
    /// <param name="upstream">Who answers.</param>
    /// <param name="prefix">What was cut off the path.</param>
    /// <param name="target">Path at the upstream and query.</param>
    /// <returns>Why there was no answer, with nothing sent to the client yet; null where there was one.</returns>
    ValueTask<UpstreamFailure?> ForwardAsync(RequestContext request, Upstream upstream, string prefix, RawTarget target);
}
