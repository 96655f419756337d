using PyAirtable.Hosting.Serving;

namespace PyAirtable.Gateway.Forwarding;

/// <summary>Forwards plain HTTP/1.1 by our own client, and what is rare by a library: TLS, changes of protocol such as WebSocket, and
/// the way through an HTTP proxy.</summary>
internal sealed class PlainOrOtherForwarder(IForwarder plain, IForwarder other) : IForwarder
{
    /// <inheritdoc/>
    public ValueTask<UpstreamFailure?> ForwardAsync(RequestContext request, Upstream upstream, string prefix, RawTarget target) =>
        (upstream.IsPlain && request.Http.Request.Headers.Upgrade.Count == 0 ? plain : other).ForwardAsync(request, upstream, prefix, target);
}
