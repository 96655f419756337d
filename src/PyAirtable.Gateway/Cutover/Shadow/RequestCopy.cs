using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using PyAirtable.Gateway.Families;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Gateway.Cutover.Shadow;

/// <summary>A request as it was before it went to its side, from which it can be asked again. Credentials are in it as they came.</summary>
internal sealed class RequestCopy
{
    private readonly HttpRequestFeature _head;
    private readonly ReadOnlyMemory<byte> _body;
    private readonly (IPAddress? Address, int Port) _peer;
    private readonly string _traceId;
    private readonly string _requestId;
    private readonly IReadOnlyList<string> _routeValues;

    /// <summary>Copies a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="body">Its body.</param>
    public RequestCopy(RequestContext request, ReadOnlyMemory<byte> body)
    {
        var http = request.Http;
        var headers = new HeaderDictionary();
        foreach (var (name, values) in http.Request.Headers)
        {
            headers[name] = values;
        }
        // Its body is here, and its answer shall be one to read.
        headers.Remove("Expect");
        headers.Remove("Accept-Encoding");
        _head = new HttpRequestFeature
        {
            Protocol = "HTTP/1.1",
            Method = http.Request.Method,
            Scheme = http.Request.Scheme,
            PathBase = http.Request.PathBase.Value ?? "",
            Path = http.Request.Path.Value ?? "",
            QueryString = http.Request.QueryString.Value ?? "",
            RawTarget = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
            Headers = headers,
        };
        (_body, _peer) = (body, (http.Connection.RemoteIpAddress, http.Connection.RemotePort));
        (_traceId, _requestId) = (request.TraceId, http.Response.Headers[RequestIds.RequestHeader].ToString());
        (Route, _routeValues) = (request.Route ?? "", request.RouteValues);
    }

    /// <summary>HTTP method.</summary>
    public string Method => _head.Method;

    /// <summary>Path without the query, as clients send it.</summary>
    public string Path => _head.RawTarget.Split('?')[0];

    /// <summary>Template of the route.</summary>
    public string Route { get; }

    /// <summary>Its trace id.</summary>
    public string TraceId => _traceId;

    /// <summary>The request once more.</summary>
    /// <param name="answer">Where its answer goes.</param>
    /// <param name="cancel">Cancelled when nobody wants it any more.</param>
    public RequestContext Again(AnswerCopy answer, CancellationToken cancel)
    {
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(new HttpRequestFeature
        {
            Protocol = _head.Protocol,
            Method = _head.Method,
            Scheme = _head.Scheme,
            PathBase = _head.PathBase,
            Path = _head.Path,
            QueryString = _head.QueryString,
            RawTarget = _head.RawTarget,
            Headers = new HeaderDictionary(new Dictionary<string, Microsoft.Extensions.Primitives.StringValues>(_head.Headers, StringComparer.OrdinalIgnoreCase)),
            Body = _body.IsEmpty ? Stream.Null : new MemoryStream(_body.ToArray(), writable: false),
        });
        features.Set<IHttpResponseFeature>(new HttpResponseFeature());
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(new CopyStream(answer)));
        features.Set<IHttpConnectionFeature>(new HttpConnectionFeature { RemoteIpAddress = _peer.Address, RemotePort = _peer.Port });
        features.Set<IHttpRequestLifetimeFeature>(new HttpRequestLifetimeFeature { RequestAborted = cancel });
        features.Set<IHttpRequestBodyDetectionFeature>(new KnownBody(!_body.IsEmpty));
        var http = new DefaultHttpContext(features);
        http.Response.Headers[RequestIds.RequestHeader] = _requestId;
        return new RequestContext { Http = http, TraceId = _traceId, IsShadow = true, Route = Route, RouteValues = _routeValues };
    }

    private sealed record KnownBody(bool CanHaveBody) : IHttpRequestBodyDetectionFeature;
}
