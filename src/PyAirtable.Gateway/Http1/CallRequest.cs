using Microsoft.AspNetCore.Http;
using PyAirtable.Gateway.Cutover;
using PyAirtable.Gateway.Families;
using PyAirtable.Gateway.Upstreams;
using PyAirtable.Hosting.Security;
using PyAirtable.Hosting.Transport;

namespace PyAirtable.Gateway.Http1;

/// <summary>A request of the gateway's own on its way to an upstream.</summary>
/// <param name="call">What is asked.</param>
/// <param name="cancel">Cancelled when nobody wants the answer any more.</param>
internal sealed class CallRequest(UpstreamCall call, CancellationToken cancel) : IUpstreamRequest
{
    private CancellationTokenRegistration _abort;
    private bool _isOnKeptConnection;

    /// <inheritdoc/>
    public EventLoop? Loop => call.Loop;

    /// <inheritdoc/>
    public bool IsHead => false;

    // Nothing is sent twice (gateway contract 1.0), but for what met a kept connection just as it was closed.
    /// <inheritdoc/>
    public bool IsIdempotent => _isOnKeptConnection && RetryRule.IsIdempotent(call.Method);

    /// <inheritdoc/>
    public bool IsReplayable => true;

    /// <inheritdoc/>
    public Exception? Failure => cancel.IsCancellationRequested ? new OperationCanceledException(cancel) : null;

    /// <inheritdoc/>
    public void Write(ref RequestBytes bytes, UpstreamAddress address)
    {
        bytes.Add(call.Method);
        bytes.Add(" "u8);
        bytes.Add(address.Endpoint.PathPrefix);
        bytes.Add(call.Target);
        bytes.Add(" HTTP/1.1\r\nHost: "u8);
        bytes.Add(address.Endpoint.HostHeader);
        bytes.Add("\r\nAccept: */*\r\n"u8);
        Add(ref bytes, ApiKeys.Header, call.ApiKey);
        Add(ref bytes, RequestIds.TraceHeader, call.TraceId);
        Add(ref bytes, "traceparent", call.TraceParent);
        Add(ref bytes, "tracestate", call.TraceState);
        Add(ref bytes, ChosenSide.ShadowHeader, call.IsShadow ? "true" : null);
        if (call.Json is { } json)
        {
            bytes.Add("Content-Type: application/json\r\nContent-Length: "u8);
            bytes.Add(json.Length);
            bytes.Add("\r\n\r\n"u8);
            bytes.Add(json.Span);
        }
        else
        {
            bytes.Add(HttpMethods.IsGet(call.Method) || HttpMethods.IsDelete(call.Method) ? "\r\n"u8 : "Content-Length: 0\r\n\r\n"u8);
        }
    }

    /// <inheritdoc/>
    public void Attach(UpstreamConnection connection)
    {
        _isOnKeptConnection = connection.IsReused;
        _abort = cancel.UnsafeRegister(static connection => ((UpstreamConnection)connection!).Abort(), connection);
    }

    /// <inheritdoc/>
    public ValueTask DetachAsync() => _abort.DisposeAsync();

    /// <inheritdoc/>
    public void OnAnswered()
    {
    }

    /// <inheritdoc/>
    public void OnSent()
    {
    }

    /// <inheritdoc/>
    public void OnContinue()
    {
    }

    private static void Add(ref RequestBytes bytes, string name, string? value)
    {
        if (value is not null)
        {
            bytes.AddHeader(name, value);
        }
    }
}
