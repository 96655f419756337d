using PyAirtable.Gateway.Forwarding;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Gateway.Cutover;

/// <summary>Forwards the requests of a plain proxy route to the side that they belong to.</summary>
/// <param name="routes">Knows it.</param>
/// <param name="forwarderOf">How an upstream is reached.</param>
internal sealed class SplitForwarder(SplitRoutes routes, Func<Upstream, IForwarder> forwarderOf) : IForwarder
{
    /// <inheritdoc/>
    public ValueTask<UpstreamFailure?> ForwardAsync(RequestContext request, Upstream upstream, string prefix, RawTarget target) =>
        routes.Find(upstream, request.Http) is { } group
            ? routes.RunAsync(group, request, session: null, RequestKind.Forwarded, (to, side) => forwarderOf(side).ForwardAsync(to, side, prefix, target))
            : forwarderOf(upstream).ForwardAsync(request, upstream, prefix, target);
}
