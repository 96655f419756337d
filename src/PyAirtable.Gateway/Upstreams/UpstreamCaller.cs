using System.Net.Http.Headers;
using PyAirtable.Gateway.Families;
using PyAirtable.Gateway.Forwarding;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Security;

namespace PyAirtable.Gateway.Upstreams;

/// <summary>Calls upstreams in the gateway's own name: for the routes whose answers the gateway makes, and for its polls.</summary>
internal sealed class UpstreamCaller(UpstreamClient client)
{
    private static readonly MediaTypeHeaderValue Json = new(PreparedAnswer.Json);
    private static readonly MediaTypeWithQualityHeaderValue Anything = new("*/*");

    /// <summary>Sends, and returns once the answer's head is there.</summary>
    /// <exception cref="UpstreamException">There is no answer.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was cancelled.</exception>
    public async Task<UpstreamReply> SendAsync(Upstream upstream, UpstreamCall call, CancellationToken cancel)
    {
        var silence = call.Timeout ?? upstream.Timeout;
        var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(silence);
        using var question = new HttpRequestMessage(HttpMethod.Parse(call.Method), upstream.AddressOf(call.Target));
        WriteHead(question, call);
        try
        {
            return new UpstreamReply(await client.SendAsync(question, limit.Token), limit, silence, cancel);
        }
        catch (Exception error) when (!cancel.IsCancellationRequested)
        {
            limit.Dispose();
            throw new UpstreamException(UpstreamFailure.Of(error), error);
        }
    }

    private static void WriteHead(HttpRequestMessage question, UpstreamCall call)
    {
        question.Headers.Accept.Add(Anything);
        Add(ApiKeys.Header, call.ApiKey);
        Add(RequestIds.TraceHeader, call.TraceId);
        Add("traceparent", call.TraceParent);
        Add("tracestate", call.TraceState);
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
