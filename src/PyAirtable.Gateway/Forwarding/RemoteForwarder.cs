using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PyAirtable.Hosting.Serving;
using Yarp.ReverseProxy.Forwarder;

namespace PyAirtable.Gateway.Forwarding;

/// <summary>Forwards over the network, streaming both bodies. YARP does it, made at the first use.</summary>
internal sealed class RemoteForwarder(UpstreamClient client, TimeSpan timeout) : IForwarder, IAsyncDisposable
{
    private static readonly Version Http11 = new(1, 1);

    // YARP's log has whole URLs in it, and with them what clients put into queries.
    private readonly Lazy<ServiceProvider> _services = new(static () => new ServiceCollection()
        .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
        .AddHttpForwarder()
        .BuildServiceProvider());

    private readonly ForwarderRequestConfig _config = new()
    {
        ActivityTimeout = timeout,
        Version = Http11,
        VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
    };

    /// <inheritdoc/>
    public async Task<UpstreamFailure?> ForwardAsync(RequestContext request, Upstream upstream, string prefix, RawTarget target)
    {
        var http = request.Http;
        var head = new RequestHead(upstream.AddressOf(target.Path + target.Query));
        var error = await _services.Value.GetRequiredService<IHttpForwarder>()
            .SendAsync(http, upstream.BaseUrl, client.Invoker, _config, head, request.Aborted);
        if (error == ForwarderError.None || http.Response.HasStarted || request.Aborted.IsCancellationRequested)
        {
            return null;
        }
        return error == ForwarderError.RequestTimedOut ? UpstreamFailure.TimedOut : UpstreamFailure.Of(http.GetForwarderErrorFeature()?.Exception);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _services.IsValueCreated ? _services.Value.DisposeAsync() : ValueTask.CompletedTask;

    private sealed class RequestHead(Uri address) : HttpTransformer
    {
        public override async ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
        {
            await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
            proxyRequest.RequestUri = address;
            // The upstream's own name; the client's is in X-Forwarded-Host.
            proxyRequest.Headers.Host = null;
            // The trace context is left out by the base, which counts on the client to add it.
            var headers = httpContext.Request.Headers;
            Copy(proxyRequest, "traceparent", headers.TraceParent);
            Copy(proxyRequest, "tracestate", headers.TraceState);
        }

        public override async ValueTask<bool> TransformResponseAsync(HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
        {
            var forwards = await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
            if (proxyResponse is not null)
            {
                foreach (var name in proxyResponse.Headers.Connection)
                {
                    httpContext.Response.Headers.Remove(name);
                }
            }
            return forwards;
        }

        private static void Copy(HttpRequestMessage request, string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                request.Headers.Remove(name);
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }
    }
}
