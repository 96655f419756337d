using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using PyAirtable.Gateway.Forwarding;
using PyAirtable.Gateway.Upstreams;
using PyAirtable.Hosting.Security;
using PyAirtable.Hosting.Serving;
using PyAirtable.Hosting.Transport;

namespace PyAirtable.Gateway.Http1;

/// <summary>A client's request on its way to an upstream; a connection's requests share one, each from <see cref="Of"/> to
/// <see cref="End"/>.</summary>
/// <param name="request">The client's request.</param>
internal sealed class ForwardedRequest(RequestContext request) : IUpstreamRequest
{
    // How long a client that asked whether to send its body waits for an upstream that says nothing (RFC 9110, 10.1.1).
    private static readonly TimeSpan ContinueWait = TimeSpan.FromSeconds(1);

    private readonly HttpContext _http = request.Http;
    private RawTarget _target;
    private TrustedPeers _trusted = TrustedPeers.None;
    private ReadResult _first;
    private bool _hasFirst;
    private RequestBody? _body;
    private bool _answeredEarly;
    private UpstreamConnection? _connection;
    private CancellationTokenRegistration _abort;

    /// <inheritdoc/>
    public EventLoop? Loop => request.Loop;

    /// <inheritdoc/>
    public bool IsHead => HttpMethods.IsHead(_http.Request.Method);

    /// <inheritdoc/>
    public bool IsIdempotent => RetryRule.IsIdempotent(_http.Request.Method);

    /// <inheritdoc/>
    public bool IsReplayable => _body is null;

    /// <inheritdoc/>
    public Exception? Failure => request.Aborted.IsCancellationRequested ? new OperationCanceledException() : _body?.Failure;

    private bool HasBody => _http.Request.ContentLength > 0 || IsChunked;

    private bool IsChunked => _http.Request.ContentLength is null && (_http.Request.Headers.TransferEncoding.Count > 0 || IsStream);

    // Over HTTP/2 a body needs neither header.
    private bool IsStream => !HttpProtocol.IsHttp11(_http.Request.Protocol) && !HttpProtocol.IsHttp10(_http.Request.Protocol) && _http.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true };

    private bool Asks => _http.Request.Headers.Expect.Count > 0;

    /// <summary>The one of a request.</summary>
    /// <param name="request">The client's request.</param>
    /// <param name="target">Path and query at the upstream.</param>
    /// <param name="trusted">The peers that are believed whom they speak for.</param>
    public static ForwardedRequest Of(RequestContext request, RawTarget target, TrustedPeers trusted)
    {
        var forwarded = request.Kept as ForwardedRequest ?? new ForwardedRequest(request);
        request.Kept = forwarded;
        (forwarded._target, forwarded._trusted) = (target, trusted);
        return forwarded;
    }

    /// <summary>Takes what is there of the body, which mostly is all of it, so that it can go out with the head.</summary>
    /// <exception cref="BadHttpRequestException">It is no body, or too large a one.</exception>
    public void TakeFirst() => _hasFirst = HasBody && !IsChunked && !Asks && _http.Request.BodyReader.TryRead(out _first);

    /// <inheritdoc/>
    public void Write(ref RequestBytes bytes, UpstreamAddress address)
    {
        RequestHead.Write(ref bytes, request, address.Endpoint, _target, _trusted, IsChunked);
        if (_hasFirst)
        {
            foreach (var piece in _first.Buffer)
            {
                bytes.Add(piece.Span);
            }
        }
    }

    /// <inheritdoc/>
    public void Attach(UpstreamConnection connection)
    {
        _connection = connection;
        _abort = request.Aborted.UnsafeRegister(static connection => ((UpstreamConnection)connection!).Abort(), connection);
    }

    /// <inheritdoc/>
    public void OnSent()
    {
        if (!HasBody || (_hasFirst && _first.Buffer.Length == _http.Request.ContentLength))
        {
            return;
        }
        if (_hasFirst)
        {
            _http.Request.BodyReader.AdvanceTo(_first.Buffer.End);
            _hasFirst = false;
        }
        _body = new RequestBody(_http, _connection!, IsChunked);
        if (Asks)
        {
            _ = StartLaterAsync(_body);
        }
        else
        {
            _body.Start();
        }
    }

    /// <inheritdoc/>
    public void OnAnswered() => _answeredEarly = _body is { IsSent: false };

    /// <inheritdoc/>
    public void OnContinue() => _body?.Start();

    /// <inheritdoc/>
    public async ValueTask DetachAsync()
    {
        if (_body is not null)
        {
            await _body.StopAsync();
        }
        if (_answeredEarly)
        {
            // An upstream that does not wait for a body may not read it either, and take it for the next request.
            _connection!.Abort();
        }
        // Returns when nothing of it runs any more.
        await _abort.DisposeAsync();
    }

    /// <summary>The request was answered, or will not be; nothing of it is needed any more.</summary>
    public void End()
    {
        if (_hasFirst)
        {
            _http.Request.BodyReader.AdvanceTo(_first.Buffer.End);
            _hasFirst = false;
        }
        (_target, _first, _body, _answeredEarly, _connection, _abort) = (default, default, null, false, null, default);
    }

    private static async Task StartLaterAsync(RequestBody body)
    {
        await Task.Delay(ContinueWait);
        body.Start();
    }
}
