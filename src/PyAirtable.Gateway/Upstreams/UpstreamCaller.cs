using System.Net.Http.Headers;
using PyAirtable.Gateway.Cutover;
using PyAirtable.Gateway.Families;
using PyAirtable.Gateway.Forwarding;
using PyAirtable.Gateway.Http1;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Security;

namespace PyAirtable.Gateway.Upstreams;

/// <summary>Calls upstreams in the gateway's own name: for the routes whose answers the gateway makes, and for its polls.</summary>
internal sealed class UpstreamCaller(Http1Client plain, UpstreamClient other, UpstreamPolicies policies)
{
    private static readonly MediaTypeHeaderValue Json = new(PreparedAnswer.Json);
    private static readonly MediaTypeWithQualityHeaderValue Anything = new("*/*");

    /// <summary>Sends, and returns once the answer's head is there.</summary>
    /// <exception cref="UpstreamException">There is no answer.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was cancelled.</exception>
    public Task<UpstreamReply> SendAsync(Upstream upstream, UpstreamCall call, CancellationToken cancel) =>
        upstream.IsPlain ? SendPlainAsync(upstream, call, cancel) : SendOtherAsync(upstream, call, cancel);

    private async Task<UpstreamReply> SendPlainAsync(Upstream upstream, UpstreamCall call, CancellationToken cancel)
    {
        var timeouts = call.Timeout is { } time ? UpstreamTimeouts.OfEachPhase(time) : upstream.Timeouts;
        var exchange = await plain.SendAsync(upstream, timeouts, new CallRequest(call, cancel), call.IsPoll, cancel);
        if (exchange.Failure is not { } failure)
        {
            return new Http1Reply(exchange, call.Target, cancel);
        }
        cancel.ThrowIfCancellationRequested();
        throw new UpstreamException(failure);
    }

    private async Task<UpstreamReply> SendOtherAsync(Upstream upstream, UpstreamCall call, CancellationToken cancel)
    {
        var policy = policies[upstream];
        var limit = new CallLimit(call.Timeout ?? upstream.Timeouts.FirstByte, call.Timeout ?? upstream.Timeouts.Silence, upstream.Timeouts.Total, cancel);
        var admission = await AdmitAsync(policy, call, limit, cancel);
        UpstreamAddress? address = null;
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                address = policy.Pick(address);
                limit.Start();
                try
                {
                    var response = await AskAsync(address, call, limit.Token);
                    policy.ReportAnswer(admission, address, (int)response.StatusCode);
                    var owner = (policy, admission, address);
                    return new HttpClientReply(response, address.Endpoint.BaseUrl + call.Target, limit, () => owner.policy.Leave(owner.admission, owner.address), cancel);
                }
                catch (Exception error) when (!cancel.IsCancellationRequested)
                {
                    // Nothing is sent twice (gateway contract 1.0); a connection that did not come about has sent nothing.
                    if (!policy.ReportFailure(admission, address, CallOutcome.Of(error) ?? CallOutcome.Broken, attempt, idempotent: false, replayable: true))
                    {
                        throw new UpstreamException(UpstreamFailure.Of(error), error);
                    }
                }
            }
        }
        catch
        {
            policy.Leave(admission, address);
            limit.Dispose();
            throw;
        }
    }

    private static async ValueTask<Admission> AdmitAsync(UpstreamPolicy policy, UpstreamCall call, CallLimit limit, CancellationToken cancel)
    {
        try
        {
            limit.Start();
            var admission = await (call.IsPoll ? policy.AdmitPollAsync(limit.Token) : policy.AdmitAsync(limit.Token));
            return admission.Refusal is { } refusal ? throw new UpstreamException(refusal) : admission;
        }
        catch (OperationCanceledException error) when (!cancel.IsCancellationRequested)
        {
            limit.Dispose();
            throw new UpstreamException(UpstreamFailure.TimedOut, error);
        }
        catch
        {
            limit.Dispose();
            throw;
        }
    }

    private async Task<HttpResponseMessage> AskAsync(UpstreamAddress address, UpstreamCall call, CancellationToken cancel)
    {
        using var question = new HttpRequestMessage(HttpMethod.Parse(call.Method), address.UriOf(call.Target));
        question.Headers.Host = address.Endpoint.HostHeader;
        WriteHead(question, call);
        return await other.SendAsync(question, cancel);
    }

    private static void WriteHead(HttpRequestMessage question, UpstreamCall call)
    {
        question.Headers.Accept.Add(Anything);
        Add(ApiKeys.Header, call.ApiKey);
        Add(RequestIds.TraceHeader, call.TraceId);
        Add("traceparent", call.TraceParent);
        Add("tracestate", call.TraceState);
        Add(ChosenSide.ShadowHeader, call.IsShadow ? "true" : null);
        if (call.Json is { } json)
        {
            question.Content = new ReadOnlyMemoryContent(json) { Headers = { ContentType = Json } };
        }

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                question.Headers.TryAddWithoutValidation(name, value);
            }
        }
    }
}
