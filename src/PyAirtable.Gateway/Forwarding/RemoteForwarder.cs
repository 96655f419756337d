using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using PyAirtable.Gateway.Upstreams;
using PyAirtable.Hosting.Security;
using PyAirtable.Hosting.Serving;
using Yarp.ReverseProxy.Forwarder;

namespace PyAirtable.Gateway.Forwarding;

/// <summary>Forwards over the network, streaming both bodies. YARP does it.</summary>
internal sealed class RemoteForwarder(YarpForwarder yarp, UpstreamClient client, UpstreamPolicies policies, TimeSpan silence, TrustedPeers trusted) : IForwarder
{
    private static readonly Version Http11 = new(1, 1);

    private readonly ForwarderRequestConfig _config = new()
    {
        ActivityTimeout = silence,
        Version = Http11,
        VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
    };

    /// <inheritdoc/>
    public async ValueTask<UpstreamFailure?> ForwardAsync(RequestContext request, Upstream upstream, string prefix, RawTarget target)
    {
        var policy = policies[upstream];
        var admission = default(Admission);
        try
        {
            admission = await policy.AdmitAsync(request.Aborted);
        }
        catch (OperationCanceledException) when (request.Aborted.IsCancellationRequested)
        {
            return null;
        }
        if (admission.Refusal is { } refusal)
        {
            return refusal;
        }

        UpstreamHead.Rewrite(request, trusted);
        AnswerHeaders.Keep(request.Http.Response);
        UpstreamAddress? address = null;
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(request.Aborted);
            limit.CancelAfter(upstream.Timeouts.Total);
            for (var attempt = 1; ; attempt++)
            {
                address = policy.Pick(address);
                var head = new RequestHead(address, target.ToString(), status => policy.ReportAnswer(admission, address, status));
                var (failure, outcome) = await SendAsync(request, head, limit.Token);
                if (outcome is null || !policy.ReportFailure(admission, address, outcome.Value, attempt, RetryRule.IsIdempotent(request.Http.Request.Method), !HasBody(request.Http)))
                {
                    return failure;
                }
            }
        }
        finally
        {
            policy.Leave(admission, address);
        }
    }

    // An outcome only where the upstream has given no answer, and is to blame for it.
    private async Task<(UpstreamFailure? Failure, CallOutcome? Outcome)> SendAsync(RequestContext request, RequestHead head, CancellationToken cancel)
    {
        var http = request.Http;
        var error = await yarp.Instance.SendAsync(http, head.Address.Endpoint.BaseUrl, client.Invoker, _config, head, cancel);
        if (error == ForwarderError.None || http.Response.HasStarted || request.Aborted.IsCancellationRequested)
        {
            return default;
        }
        var exception = http.GetForwarderErrorFeature()?.Exception;
        // YARP has set the failure's status, and takes only untouched answers.
        http.Response.StatusCode = StatusCodes.Status200OK;
        var (failure, outcome) = error == ForwarderError.RequestTimedOut
            ? (UpstreamFailure.TimedOut, CallOutcome.TimedOut)
            : (UpstreamFailure.Of(exception), CallOutcome.Of(exception));
        return (failure, head.WasAnswered ? null : outcome);
    }

    private static bool HasBody(HttpContext http) => http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody ?? true;

    private sealed class RequestHead(UpstreamAddress address, string target, Action<int> answered) : HttpTransformer
    {
        public UpstreamAddress Address => address;

        public bool WasAnswered { get; private set; }

        public override async ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
        {
            await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
            proxyRequest.RequestUri = address.UriOf(target);
            // The upstream's own name, which its certificate is checked against too; the client's is in X-Forwarded-Host.
            proxyRequest.Headers.Host = address.Endpoint.HostHeader;
            // The trace context is left out by the base, which counts on the client to add it.
            var headers = httpContext.Request.Headers;
            Copy(proxyRequest, "traceparent", headers.TraceParent);
            Copy(proxyRequest, "tracestate", headers.TraceState);
        }

        public override async ValueTask<bool> TransformResponseAsync(HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
        {
            if (proxyResponse is not null)
            {
                WasAnswered = true;
                answered((int)proxyResponse.StatusCode);
            }
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
