using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using PyAirtable.Hosting.Security;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Gateway.Forwarding;

/// <summary>Hands a request to a module of this process on the same exchange: no socket, no copy.</summary>
internal sealed class LocalForwarder(ProcessContext process, TrustedPeers trusted) : IForwarder
{
    /// <inheritdoc/>
    public async ValueTask<UpstreamFailure?> ForwardAsync(RequestContext request, Upstream upstream, string prefix, RawTarget target)
    {
        if (process.FindService(upstream.LocalService!) is not { } service)
        {
            return new UpstreamFailure(StatusCodes.Status500InternalServerError, "All connection attempts failed");
        }

        UpstreamHead.Rewrite(request, trusted);
        AnswerHeaders.Keep(request.Http.Response);
        // The module's handlers may block where this thread, which sockets wait for, must not.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);

        var http = request.Http;
        var decoded = http.Request.Path.Value![prefix.Length..];
        http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = target.ToString();
        http.Request.PathBase = new PathString(prefix);
        // Not by the implicit conversion, which decodes once more.
        http.Request.Path = new PathString(decoded.Length == 0 ? "/" : decoded);
        http.Request.QueryString = new QueryString(target.Query.ToString());
        await service.AnswerLocallyAsync(request);
        return null;
    }
}
